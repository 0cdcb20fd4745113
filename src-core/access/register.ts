/** Registers an identity's organisation with a bank, and keeps the outcome. */
import type { Registration } from '#shared/contract/access.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { explainedRow } from '#shared/explained-row.ts'
import { Fault } from '#shared/fault.ts'
import { type AccessParts, type AccessTarget, clientIdOf, resolveTarget, type TargetInput } from './access-target.ts'
import { freeCallback } from './free-callback.ts'
import type { Registrations } from './registrations.ts'

/** What a draft says to go without an identity. */
const withoutCertificate = 'none'

export interface RegisterInput extends TargetInput {
  readonly callbackUris?: readonly string[] | undefined
  /** False: the connection is made without the client certificate. */
  readonly certificate?: boolean | undefined
  /** Instead of the certificate's own. */
  readonly organizationIdentifier?: string | undefined
}

export interface RegisterOutcome {
  readonly registration: Registration | null
  readonly already: boolean
  readonly exchange: Exchange
}

function bodyOf(target: AccessTarget, organizationIdentifier: string | null, callbackUris: readonly string[]): string {
  const { registration } = target.bank.profile
  if (registration === undefined)
    throw new Fault('OPERATION_NOT_OFFERED', `${target.bank.name} has no registration call in its data.`, {
      bank: target.bank.id,
    })
  const context = { organizationIdentifier, callbackUris }
  const fields = target.bank.registrationFields.map(({ name, make }) => {
    const value = make(context)
    if (value !== null) return [name, value] as const
    throw new Fault(
      'IDENTITY_MISSING',
      `The certificate of ${target.identity.name} names no organizationIdentifier, which ${target.bank.name} registers. Use a QWAC or QSEAL.`,
      { identity: target.identity.name },
    )
  })
  return JSON.stringify(Object.fromEntries(fields))
}

/** A bank's refusal comes back with `registration` null; "already registered" counts as success. */
export async function register(
  input: RegisterInput,
  parts: AccessParts,
  registrations: Registrations,
): Promise<RegisterOutcome> {
  const target = await resolveTarget(input, parts)
  const { bank, environment, identity } = target
  const organisation = input.organizationIdentifier ?? identity.organizationIdentifier
  const clientId = input.organizationIdentifier ?? clientIdOf(identity)
  const before = await registrations.find({ bank: bank.id, environment: environment.id, clientId })
  const callbackUris = input.callbackUris ?? before?.callbackUris ?? [await freeCallback(bank.id)]
  const { exchange } = await parts.send({
    bank: bank.id,
    environment: environment.id,
    operation: bank.profile.registration?.operation ?? '',
    parameters: {},
    headers: {},
    body: bodyOf(target, organisation, callbackUris),
    identity: input.certificate === false ? withoutCertificate : identity.id,
    // What the bank says to an odd callback is the point of trying one.
    insist: true,
    deadline: 30_000,
  })
  const status = exchange.response?.status ?? 0
  const known = bank.profile.registration?.alreadyRegistered
  const already = known !== undefined && explainedRow(exchange)?.errorId === known && status >= 400
  if (!already && (status < 200 || status >= 300)) return { registration: null, already: false, exchange }
  const registration: Registration = {
    bank: bank.id,
    environment: environment.id,
    clientId,
    identity: identity.id,
    identityName: identity.name,
    // The bank kept what was registered first: a repeated call changes nothing there.
    callbackUris: [...(already && before !== null ? before.callbackUris : callbackUris)],
    registeredAt: already && before !== null ? before.registeredAt : new Date(parts.now()).toISOString(),
  }
  await registrations.save(registration)
  return { registration, already, exchange }
}
