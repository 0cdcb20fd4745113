/** Resolves what every access call names: bank, environment, identity, and where their hosts are. */
import type { OauthCodeProfile, OauthScaProfile } from '#shared/access-profile.ts'
import type { BankEnvironment } from '#shared/bank-environment.ts'
import type { Draft } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import type { Bank } from '../banks/bank.ts'
import type { BankShelf } from '../banks/bank-shelf.ts'
import type { Endpoints, SendingIdentity } from '../requests/prepared.ts'
import type { Sent } from '../requests/send.ts'

/** A bank with calls its document does not have, and where they go: a server that was found by a link. */
export interface Place {
  readonly bank: Bank
  readonly endpoints: Endpoints
}

/** What the access area draws on; other areas arrive here as functions. */
export interface AccessParts {
  readonly banks: Pick<BankShelf, 'at'>
  endpoints(bank: Bank, environment: string): Promise<Endpoints>
  identity(ref: string | undefined): Promise<SendingIdentity>
  /** The one send path; with `place` the draft is resolved there instead of at the bank it names. */
  send(draft: Draft, signal?: AbortSignal, place?: Place): Promise<Sent>
  /** Milliseconds since 1970. */
  now(): number
}

export interface TargetInput {
  readonly bank: string
  readonly environment: string
  readonly identity?: string | undefined
}

export interface AccessTarget {
  readonly bank: Bank
  readonly environment: BankEnvironment
  readonly identity: SendingIdentity
}

export async function resolveTarget(input: TargetInput, parts: AccessParts): Promise<AccessTarget> {
  const bank = await parts.banks.at(input.bank, input.environment)
  const environment = bank.environment(input.environment)
  const identity = await parts.identity(input.identity ?? bank.override?.identity)
  return { bank, environment, identity }
}

/** What a bank without a code flow of its own does instead, and what to do then. */
const insteadOfCode = {
  'oauth-sca': 'gives access to one consent or payment: create it first, then: tpp access authorise --consent ID',
  bearer: 'takes a token that is issued elsewhere: enter it with: tpp access enter',
  'redirect-challenge': 'needs no token: the call is sent, the page of its answer opened, and the call sent again',
  'redirect-link': 'needs no token: the answer of the call links to the page for the customer',
} as const

/** Throws OPERATION_NOT_OFFERED for a bank without a code flow. */
export function requireAccess(bank: Bank): OauthCodeProfile {
  const { access } = bank.profile
  if (access?.flow === 'oauth-code') return access
  const instead = access === undefined ? 'has no authorisation flow in its data' : insteadOfCode[access.flow]
  throw new Fault('OPERATION_NOT_OFFERED', `${bank.name} ${instead}.`, { bank: bank.id })
}

/** Profile of a bank whose access ends with tokens of a code flow, of either kind. */
export function oauthProfile(bank: Bank): OauthCodeProfile | OauthScaProfile {
  const { access } = bank.profile
  return access?.flow === 'oauth-sca' ? access : requireAccess(bank)
}

/** Seconds an access token is taken to live where neither answer nor document says: short, so that nobody relies on it. */
const unstatedLifetime = 300

export const accessLifetime = (bank: Bank): number => oauthProfile(bank).lifetimes?.accessToken ?? unstatedLifetime

/** Under which name a bank knows the organisation behind an identity. */
export const clientIdOf = (identity: SendingIdentity): string => identity.organizationIdentifier ?? identity.id
