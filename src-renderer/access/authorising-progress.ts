/** How far an authorisation has come: its steps in their order, and how many of them are done. */
import type { AuthorisingEvent, AuthorisingSubject } from '../authorising.ts'

export interface Progress {
  /** The first two are the page and the customer's return. */
  readonly steps: readonly string[]
  readonly done: number
}

type About = Pick<AuthorisingSubject, 'ending' | 'psu'>

function lastSteps(ending: AuthorisingSubject['ending']): readonly string[] {
  if (ending === 'token') return ['The code is exchanged', 'The grant is stored']
  return ending === 'repeat' ? ['The same call is sent anew'] : []
}

const returns = {
  token: 'The customer comes back with a code',
  return: 'The customer comes back',
  repeat: 'The customer comes back',
}

export function progressOf({ ending: expected, psu }: About, events: readonly AuthorisingEvent[]): Progress {
  const types = events.map(({ type }) => type)
  // Whether a consent's link leads to a token or to a page only shows when the customer is back.
  const ending = types.includes('callback') ? 'token' : expected
  const host = events.find((event) => event.type === 'open')?.host ?? null
  const page = `The bank’s page${host === null ? '' : ` at ${host}`}`
  const first = psu === null ? `${page} is opened` : `The sandbox opens the bank’s page`
  const steps = [first, returns[ending], ...lastSteps(ending)]
  const back = types.includes('callback') || types.includes('returned')
  const over = types.includes('grant') || types.includes('exchange')
  if (over) return { steps, done: steps.length }
  if (back) return { steps, done: ending === 'token' ? 3 : 2 }
  return { steps, done: types.includes('open') ? 1 : 0 }
}
