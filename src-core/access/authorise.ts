/** Runs one authorisation of a scope: bank's page, callback, code exchanged at once, tokens stored before anything else. */
import type { AuthoriseEvent, Registration } from '#shared/contract/access.ts'
import { Fault } from '#shared/fault.ts'
import { type AccessTarget, clientIdOf, requireAccess, resolveTarget, type TargetInput } from './access-target.ts'
import { authorisationBase, checkCustomer } from './authorisation-url.ts'
import { beginCodeFlow } from './begin-code-flow.ts'
import { type CodeParts, codeFlow } from './code-flow.ts'
import { maskCustomer } from './mask-customer.ts'
import type { Registrations } from './registrations.ts'
import { keepFlow, type Session } from './visit-page.ts'
import { chooseCallback } from './wait-for-customer.ts'

export interface AuthoriseInput extends TargetInput, Session {
  readonly scope: string
  readonly customer: Readonly<Record<string, string>>
  /** One of the registered callbacks. */
  readonly callback?: string | undefined
}

export interface AuthoriseParts extends CodeParts {
  readonly registrations: Registrations
}

async function requireRegistration(target: AccessTarget, registrations: Registrations): Promise<Registration> {
  const { bank, environment, identity } = target
  const registration = await registrations.find({
    bank: bank.id,
    environment: environment.id,
    clientId: clientIdOf(identity),
  })
  if (registration !== null) return registration
  throw new Fault(
    'REGISTRATION_MISSING',
    `${identity.name} is not registered with ${bank.name} (${environment.name}). Register first: tpp register ${bank.id} --environment ${environment.id}`,
    {
      bank: bank.id,
      environment: environment.id,
      identity: identity.name,
    },
  )
}

/** At a bank a person has to click. */
export function refuseClicks({ environment }: AccessTarget, { psu }: Session): void {
  if (psu === undefined || environment.kind === 'local-sandbox') return
  throw new Fault('INPUT_INVALID', 'Only the local sandbox can click for a customer; at a bank a person has to.', {
    field: 'psu',
  })
}

/** Yields `open`, `callback`, `grant`; ending the iteration early frees the callback's port and leaves the flow to be resumed. */
export async function* authorise(
  input: AuthoriseInput,
  parts: AuthoriseParts,
  outer?: AbortSignal,
): AsyncGenerator<AuthoriseEvent, void, void> {
  const target = await resolveTarget(input, parts)
  const { bank, environment } = target
  const profile = requireAccess(bank)
  refuseClicks(target, input)
  const known = input.psu === undefined ? {} : await parts.sandboxCustomer(bank.id, input.psu)
  const customer = { ...known, ...input.customer }
  checkCustomer(profile, customer)
  const registration = await requireRegistration(target, parts.registrations)
  const redirectUri = chooseCallback(registration.callbackUris, input.callback)
  const { base, path } = authorisationBase(target, profile, await parts.endpoints(bank, environment.id))
  const flow = await beginCodeFlow(
    {
      target,
      authorize: base + path,
      clientId: registration.clientId,
      redirectUri,
      scope: input.scope,
      pkce: profile.pkce,
      customer,
      shownCustomer: maskCustomer(customer),
      server: null,
      consent: null,
    },
    parts,
  )
  yield* keepFlow(flow, false, codeFlow(flow, input, parts, outer))
}
