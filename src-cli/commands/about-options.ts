/** Options of the commands about one consent or payment: what its calls are given along, and whether the customer is there. */
import { type Arguments, assignments, type Options } from '../command.ts'

export const aboutOptions = {
  parameter: {
    type: 'string',
    value: 'NAME=VALUE',
    multiple: true,
    description: 'Parameter of the call that is made, e.g. PSU-ID=…',
  },
  present: {
    type: 'string',
    value: 'ADDRESS',
    description: 'The customer is asking now, from this IP address; without it the call is one without the customer',
  },
} as const satisfies Options

/** Only what was given: the contract fills in the rest. */
export function aboutInput(given: Arguments): { parameters: Record<string, string>; present?: string } {
  const present = given.text('present')
  return {
    parameters: assignments(given.texts('parameter'), '--parameter'),
    ...(present === undefined ? {} : { present }),
  }
}
