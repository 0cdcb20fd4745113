/** What the engine says of a form before it is sent, put to the fields it is about. */
import type { Finding } from '#shared/contract/exchange.ts'
import type { DraftCheck } from '../requests/check-draft.ts'
import { isSchemaFinding } from '../requests/check-draft.ts'
import type { FieldProblem } from './field-input.tsx'
import { fieldFor } from './form-fields.ts'
import { type Json, valueAt } from './json-value.ts'

export interface FormProblems {
  /** By JSON pointer of a field that is shown; empty pointer: of the whole body. */
  readonly body: Readonly<Record<string, readonly FieldProblem[]>>
  /** By name of the parameter. */
  readonly parameters: Readonly<Record<string, string>>
  /** What belongs to no field. */
  readonly others: readonly Finding[]
}

type Checked = Pick<DraftCheck, 'body' | 'findings' | 'parameters'>

const withRemedy = ({ message, remedy }: Finding): string => (remedy === undefined ? message : `${message} ${remedy}`)
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const schemaSentence = (message: string): string =>
  message === 'is required and missing' ? 'This is needed.' : `${upper(message)}.`

/** Alternatives that nobody chose all complain; what is missing in each is said once, at the group. */
const isNoise = (message: string): boolean => /^must match (a schema in anyOf|"?(then|if|else)"? schema)/.test(message)

/** @param told a person tried to send: what is only empty counts too */
export function formProblems(
  { body, findings, parameters }: Checked,
  document: Json,
  places: readonly string[],
  told: boolean,
): FormProblems {
  const byPlace: Record<string, FieldProblem[]> = {}
  const add = (pointer: string, problem: FieldProblem) => {
    const place = fieldFor(pointer, places) ?? ''
    byPlace[place] = [...(byPlace[place] ?? []), problem]
  }
  const counts = (pointer: string) => told || valueAt(document, pointer) !== undefined
  for (const { pointer, message } of body)
    if (counts(pointer) && !isNoise(message)) add(pointer, { tone: 'bad', text: schemaSentence(message) })
  const inBody = (finding: Finding) => finding.place?.kind === 'body' && finding.place.name !== null
  for (const finding of findings.filter(inBody)) {
    const pointer = finding.place?.name ?? ''
    if (counts(pointer))
      add(pointer, { tone: finding.severity === 'error' ? 'bad' : 'caution', text: withRemedy(finding) })
  }
  const others = findings.filter((finding) => !inBody(finding) && !isSchemaFinding(finding))
  return { body: byPlace, parameters, others }
}

/** Whether the bank would refuse it, as far as is known. */
export const wouldBeRefused = ({ body, findings, parameters }: Checked): boolean =>
  body.length > 0 || Object.keys(parameters).length > 0 || findings.some(({ severity }) => severity === 'error')
