/** Runs one authorisation: bank's page, callback, code exchanged at once, tokens stored before anything else. */
import type { AuthoriseEvent, Registration } from '#shared/contract/access.ts'
import { Fault } from '#shared/fault.ts'
import {
  type AccessParts,
  type AccessTarget,
  clientIdOf,
  requireAccess,
  resolveTarget,
  type TargetInput,
} from './access-target.ts'
import { authorisationBase, authorisationUrl, checkCustomer } from './authorisation-url.ts'
import { listenForCallback } from './callback-listener.ts'
import { type GrantBook, type GrantRecord, newGrantId } from './grant-book.ts'
import { grantView } from './grant-view.ts'
import type { Registrations } from './registrations.ts'

export interface AuthoriseInput extends TargetInput {
  readonly scope: string
  readonly customer: Readonly<Record<string, string>>
  readonly psu?: string | undefined
  readonly decision: 'approve' | 'deny' | 'abandon'
  /** Seconds. */
  readonly timeout: number
}

/** What authorising draws on besides the other access calls. */
export interface AuthoriseParts extends AccessParts {
  openInBrowser(url: string): Promise<boolean>
  /** The sandbox's customer of this name: what the bank asks to recognise them. */
  sandboxCustomer(bank: string, name: string): Promise<Readonly<Record<string, string>>>
  /** Lets the sandbox click for the customer. */
  clickAsCustomer(bank: string, url: string, psu: string, decision: AuthoriseInput['decision']): Promise<unknown>
}

/** The one registered address this workbench can listen on. */
function loopbackCallback(registration: Registration): string {
  const found = registration.callbackUris.find(
    (uri) => URL.canParse(uri) && new URL(uri).protocol === 'http:' && new URL(uri).hostname === '127.0.0.1',
  )
  if (found !== undefined) return found
  throw new Fault(
    'ACCESS_CALLBACK',
    `None of the registered callbacks (${registration.callbackUris.join(', ')}) is an http address on 127.0.0.1 the workbench can listen on.`,
    {
      callbackUris: registration.callbackUris,
    },
  )
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

/** Enough to tell customers apart, too little to name one. */
function maskCustomer(customer: Readonly<Record<string, string>>): string | null {
  const [value] = Object.values(customer)
  if (value === undefined) return null
  const shown = Math.min(4, Math.floor(value.length / 3))
  return `${value.slice(0, shown)}${'•'.repeat(value.length - shown)}`
}

/** Yields `open`, `callback`, `grant`; ending the iteration early frees the callback's port. */
export async function* authorise(
  input: AuthoriseInput,
  parts: AuthoriseParts,
  registrations: Registrations,
  book: GrantBook,
  outer?: AbortSignal,
): AsyncGenerator<AuthoriseEvent> {
  const target = await resolveTarget(input, parts)
  const { bank, environment, identity } = target
  const profile = requireAccess(bank)
  if (input.psu !== undefined && environment.kind !== 'local-sandbox') {
    throw new Fault('INPUT_INVALID', 'Only the local sandbox can click for a customer; at a bank a person has to.', {
      field: 'psu',
    })
  }
  const known = input.psu === undefined ? {} : await parts.sandboxCustomer(bank.id, input.psu)
  const customer = { ...known, ...input.customer }
  checkCustomer(profile, customer)
  const registration = await requireRegistration(target, registrations)
  const redirectUri = loopbackCallback(registration)
  const endpoints = await parts.endpoints(bank, environment.id)
  const { base, path } = authorisationBase(target, profile, endpoints)

  const oauth = await import('oauth4webapi')
  const { judgeCallback, tokenEndpoint } = await import('./token-endpoint.ts')
  const state = oauth.generateRandomState()
  const verifier = profile.pkce === 'S256' ? oauth.generateRandomCodeVerifier() : null
  const challenge = verifier === null ? null : await oauth.calculatePKCECodeChallenge(verifier)
  const url = authorisationUrl(base, path, {
    clientId: registration.clientId,
    scope: input.scope,
    redirectUri,
    state,
    challenge,
    customer,
  })

  const giveUp = new AbortController()
  const signal = outer === undefined ? giveUp.signal : AbortSignal.any([giveUp.signal, outer])
  const origin = new URL(base).origin
  const judge = (parameters: URLSearchParams) => void judgeCallback(parameters, registration.clientId, state, origin)
  const listener = await listenForCallback(redirectUri, judge, input.timeout * 1000, signal)
  try {
    if (input.psu === undefined) yield { type: 'open', url, opened: await parts.openInBrowser(url) }
    else {
      yield { type: 'open', url, opened: false }
      await parts.clickAsCustomer(bank.id, url, input.psu, input.decision)
    }
    const parameters = await listener.callback
    // The code lives for seconds: it is exchanged before anybody is told of the callback.
    const callback = judgeCallback(parameters, registration.clientId, state, origin)
    const endpoint = tokenEndpoint(
      target,
      registration.clientId,
      { code: profile.token, refresh: profile.refresh },
      parts,
    )
    const issued = await endpoint.code(callback, redirectUri, verifier)
    const record = newRecord(target, input.scope, maskCustomer(customer), issued, profile.lifetimes, parts.now())
    await book.save(record, issued.tokens)
    yield { type: 'callback' }
    yield { type: 'grant', grant: grantView(record, identity.name, parts.now()), exchange: issued.exchange }
  } finally {
    giveUp.abort()
    await listener.close()
  }
}

function newRecord(
  { bank, environment, identity }: AccessTarget,
  scope: string,
  customer: string | null,
  issued: { scope: string | null; expiresIn: number | null; tokens: { refreshToken: string | null } },
  lifetimes: { accessToken: number; refreshToken: number },
  now: number,
): GrantRecord {
  const instant = (seconds: number) => new Date(now + seconds * 1000).toISOString()
  const refreshable = issued.tokens.refreshToken !== null
  return {
    id: newGrantId(),
    bank: bank.id,
    environment: environment.id,
    identity: identity.id,
    customer,
    scope: issued.scope ?? scope,
    obtainedAt: instant(0),
    accessTokenExpiresAt: instant(issued.expiresIn ?? lifetimes.accessToken),
    refreshable,
    refreshTokenExpiresAt: refreshable ? instant(lifetimes.refreshToken) : null,
    refreshingSince: null,
  }
}
