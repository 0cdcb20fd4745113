/** Everything a rule or a piece of evidence may look at: one call with what is known around it. Nothing here is read or awaited. */
import type { BankEnvironment } from '#shared/bank-environment.ts'
import type { Exchange, Finding, TlsFacts } from '#shared/contract/exchange.ts'
import type { Bank, Operation } from '../banks/bank.ts'
import type { BoundPlaces, EarlierCall, KnownRegistration, RememberedResource } from './call-knowledge.ts'
import type { SendingGrant, SendingIdentity } from './prepared.ts'

export type HeaderPairs = readonly (readonly [string, string])[]

/** How a call ended. */
export interface Outcome {
  /** null when no answer came. */
  readonly status: number | null
  readonly headers: HeaderPairs
  readonly body: string
  readonly fault: { readonly code: string; readonly message: string } | null
  readonly tls: TlsFacts | null
  readonly signature: Exchange['signature']
  /** Milliseconds until the answer began; null where it was not measured. */
  readonly waited: number | null
  /** URL and body as history keeps them. */
  readonly shown: { readonly url: string; readonly body: string | null }
}

/** What was looked up for this call. */
export interface Surroundings {
  /** What the call is about, as remembered. */
  readonly resources: readonly RememberedResource[]
  /** Ids the call names of kinds that are remembered, and that nobody here knows. */
  readonly unknownIds: readonly string[]
  /** null: none is known, or it was not looked up. */
  readonly registration: KnownRegistration | null
  /** Where the identity belongs to; null or left out: not known, or it was not looked up. */
  readonly places?: BoundPlaces | null
  /** Newest first; null: history was not looked into. */
  readonly earlier: readonly EarlierCall[] | null
  /** Bodies of the newest of them, by id of the call. */
  readonly bodies: ReadonlyMap<string, { readonly request: string | null; readonly response: string | null }>
}

export const nothingAround: Surroundings = {
  resources: [],
  unknownIds: [],
  registration: null,
  earlier: null,
  bodies: new Map(),
}

export interface CallFacts {
  readonly bank: Bank
  readonly environment: BankEnvironment
  readonly operation: Operation
  /** When the call began, or would begin, by this machine's clock; milliseconds since 1970. */
  readonly at: number
  /** Seconds the bank's clock is ahead; null where no answer has told. */
  readonly ahead: number | null
  readonly method: string
  readonly url: string
  /** As sent, secrets included; before sending as the draft has them, without token and signature. */
  readonly headers: HeaderPairs
  /** Names of headers that are left out on purpose, in lower case. */
  readonly leftOut?: ReadonlySet<string>
  readonly body: string | null
  /** Values of the operation's parameters by declared name. */
  readonly values: Readonly<Record<string, string>>
  /** null: sent without one; undefined: not known, as in a report of somebody else. */
  readonly identity: SendingIdentity | null | undefined
  readonly grant: SendingGrant | null
  /** Scope the operation needs, its ids filled in. */
  readonly scope: string | null
  /** What breaks the schemas; null where nobody compared. */
  readonly schemaFindings: readonly Finding[] | null
  /** Since when this process has had the code the call exchanges, milliseconds since 1970; null where there is none. */
  readonly codeSince: number | null
  readonly around: Surroundings
  /** null before it was sent. */
  readonly outcome: Outcome | null
}

/** The values of all headers of a name, joined as HTTP does (RFC 9110 section 5.3); null when there is none. */
export function headerOf(headers: HeaderPairs, name: string): string | null {
  const wanted = name.toLowerCase()
  const values = headers.filter(([other]) => other.toLowerCase() === wanted).map(([, value]) => value.trim())
  return values.length === 0 ? null : values.join(', ')
}

const parsed = new WeakMap<object, unknown>()

/** The body as JSON; undefined where it is none. Parsed once per call. */
export function bodyValue(facts: CallFacts): unknown {
  if (facts.body === null) return undefined
  if (!parsed.has(facts)) {
    let value: unknown
    try {
      value = JSON.parse(facts.body)
    } catch {
      value = undefined
    }
    parsed.set(facts, value)
  }
  return parsed.get(facts)
}

/** Fields of a form body; empty for any other. */
export function formOf({ operation, body, headers }: CallFacts): URLSearchParams {
  const type = headerOf(headers, 'content-type') ?? operation.body?.contentType ?? ''
  return new URLSearchParams(type.includes('x-www-form-urlencoded') ? (body ?? '') : '')
}

/** The value of a parameter or header the call has, names of headers in any case; null where it has none. */
export function givenValue({ values, headers }: CallFacts, name: string): string | null {
  const wanted = name.toLowerCase()
  const own = Object.entries(values).find(([other]) => other.toLowerCase() === wanted)?.[1]
  return own ?? headerOf(headers, name)
}

export const seconds = (milliseconds: number): number => Math.round(milliseconds / 1000)

/** The time at the bank, milliseconds since 1970. */
export const bankTime = ({ at, ahead }: CallFacts): number => at + (ahead ?? 0) * 1000
