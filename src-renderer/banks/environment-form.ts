/** The state of an environment's form, as its parts share it, and what a refusal of the engine says about a field. */
import type { RefObject } from 'react'
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import type { Fault } from '#shared/fault.ts'
import type { EnvironmentDraft, FieldProblem } from './environment-draft.ts'

export interface EnvironmentForm {
  readonly detail: EnvironmentDetail
  readonly draft: EnvironmentDraft
  readonly change: (change: Partial<EnvironmentDraft>) => void
  /** What stands below a field; it also counts for a field that what it names lies in. */
  readonly problemOf: (field: string) => string | null
  readonly proxyPassword: ProxyPasswordField
}

/** The password for the proxy: held by its input alone, sent once with the next saving. */
export interface ProxyPasswordField {
  readonly input: RefObject<HTMLInputElement | null>
  /** Whether something is typed. */
  readonly typed: boolean
  readonly setTyped: (typed: boolean) => void
  /** Whether the kept one is to be removed. */
  readonly removing: boolean
  readonly setRemoving: (removing: boolean) => void
}

/** The same record without one of its names. */
export function without<Value>(record: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  const { [name]: _, ...others } = record
  return others
}

/** A URL can be wrong in as many ways as a validator knows; a person needs one sentence. */
const ownSentences: readonly (readonly [RegExp, string])[] = [
  [/^urls\./, 'This is no web address. It begins with https:// and has no spaces.'],
  [/^ca/, 'PEM certificates, each from its BEGIN line to its END line.'],
  [/^proxy\.user/, 'A user name has no colon.'],
  [/^proxy/, 'A proxy is written http://host:port, without user and password.'],
  [/^signing\.signedHeaders/, 'Header names in lower case with one space between them, at least one.'],
  [/^signing\.whenPresent/, 'Header names in lower case with one space between them.'],
  [/^signing\.(header|certificate\.header)/, 'This is not a header name.'],
  [/^signing\.(algorithms|certificate)/, 'Choose at least one.'],
]

/** What the contract refused stands under `override`; its own words are those of a validator. */
export function problemOfFault(fault: Fault | null, within = 'override.'): FieldProblem | null {
  const named = fault?.details.field
  if (fault === null || typeof named !== 'string' || named === '') return null
  const field = named.startsWith(within) ? named.slice(within.length) : named
  const own = named === field ? undefined : ownSentences.find(([pattern]) => pattern.test(field))
  const message = fault.message.startsWith(`${named}: `) ? fault.message.slice(named.length + 2) : fault.message
  return { field, message: own?.[1] ?? message }
}

export const isAbout = (problem: FieldProblem | null, field: string): boolean =>
  problem !== null && (problem.field === field || problem.field.startsWith(`${field}.`))
