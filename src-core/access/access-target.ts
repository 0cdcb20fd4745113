/** Resolves what every access call names: bank, environment, identity, and where their hosts are. */
import type { AccessProfile, BankEnvironment } from '#shared/bank-profile.ts'
import type { Draft } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import type { Bank } from '../banks/bank.ts'
import type { BankShelf } from '../banks/bank-shelf.ts'
import type { Endpoints, SendingIdentity } from '../requests/prepared.ts'
import type { Sent } from '../requests/send.ts'

/** What the access area draws on; other areas arrive here as functions. */
export interface AccessParts {
  readonly banks: Pick<BankShelf, 'open'>
  endpoints(bank: Bank, environment: string): Promise<Endpoints>
  identity(ref: string | undefined): Promise<SendingIdentity>
  /** The one send path. */
  send(draft: Draft, signal?: AbortSignal): Promise<Sent>
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
  const bank = await parts.banks.open(input.bank)
  const environment = bank.environment(input.environment)
  const identity = await parts.identity(input.identity)
  return { bank, environment, identity }
}

/** Throws OPERATION_NOT_OFFERED for a bank without OAuth. */
export function requireAccess(bank: Bank): AccessProfile {
  if (bank.profile.access !== undefined) return bank.profile.access
  throw new Fault('OPERATION_NOT_OFFERED', `${bank.name} has no authorisation flow in its data.`, { bank: bank.id })
}

/** Under which name a bank knows the organisation behind an identity. */
export const clientIdOf = (identity: SendingIdentity): string => identity.organizationIdentifier ?? identity.id
