/** Resolves a draft: bank, environment, operation, parameters, identity and grant. */
import type { AccessProfile } from '#shared/access-profile.ts'
import type { Finding } from '#shared/contract/exchange.ts'
import type { Draft } from '#shared/contract/requests.ts'
import { Fault, isFault } from '#shared/fault.ts'
import { redacted } from '#shared/redacted.ts'
import type { Bank, Operation } from '../banks/bank.ts'
import type { BankShelf } from '../banks/bank-shelf.ts'
import { checkBody } from './check-body.ts'
import { placeParameters } from './place-parameters.ts'
import type { Endpoints, Prepared, SendingGrant, SendingIdentity } from './prepared.ts'

/** Word in a draft for "send without one", to reproduce what a bank says then. */
export const without = 'none'

/** Which grant a call wants. */
export interface GrantWish {
  readonly bank: string
  readonly environment: string
  readonly identity: string | null
  readonly scope: string
  /** Scopes that do as well. */
  readonly alternatives?: readonly string[]
  /** Id of a grant, when the caller named one. */
  readonly id: string | undefined
  /** How the bank gives access, for what to do about a grant that is missing. */
  readonly flow?: AccessProfile['flow'] | undefined
}

/** What preparing draws on; other areas arrive here as functions. */
export interface PrepareParts {
  readonly banks: Pick<BankShelf, 'at'>
  endpoints(bank: Bank, environment: string): Promise<Endpoints>
  identity(ref: string | undefined): Promise<SendingIdentity>
  /** Throws GRANT_MISSING or GRANT_UNKNOWN. */
  grant(wish: GrantWish): Promise<SendingGrant>
}

function refuseWhatIsNotOffered(
  bank: Bank,
  operation: Operation,
  kind: 'local-sandbox' | 'bank-sandbox' | 'production',
): void {
  const { availability } = operation
  if (availability === null || availability[kind] !== false) return
  throw new Fault(
    'OPERATION_NOT_OFFERED',
    `${bank.name} does not offer ${operation.id} there, so nothing was sent. ${availability.reason}`,
    {
      bank: bank.id,
      operation: operation.id,
    },
  )
}

/** What stands where a secret stood is no value: it would be taken for a wrong one, and the bank would count the attempt. */
function refusePlaceholders({ body = '', headers, parameters }: Draft): void {
  const named = Object.entries({ ...parameters, ...headers }).find(([, value]) => value.includes(redacted))
  if (named === undefined && !body.includes(redacted)) return
  const place = named === undefined ? 'The body' : named[0]
  throw new Fault(
    named === undefined ? 'BODY_INVALID' : 'PARAMETER_INVALID',
    `${place} has ${redacted} where a secret stood that is kept nowhere. Put the value there; nothing was sent.`,
  )
}

function baseUrl(bank: Bank, operation: Operation, environment: string, endpoints: Endpoints): string {
  const url = endpoints.urls[operation.host] ?? ''
  if (url !== '') return url.replace(/\/$/, '')
  throw new Fault(
    'ENVIRONMENT_INCOMPLETE',
    `The environment "${environment}" of ${bank.name} has no URL for its host "${operation.host}". The bank's document does not name it: fill it in for this environment.`,
    {
      bank: bank.id,
      environment,
      host: operation.host,
    },
  )
}

/** Header defaults of the bank that the draft does not set itself. */
function defaultHeaders(
  bank: Bank,
  operation: Operation,
  identity: SendingIdentity | null,
  set: ReadonlySet<string>,
): [string, string][] {
  const context = { organizationIdentifier: identity?.organizationIdentifier ?? null, callbackUris: [] }
  return bank.headers.flatMap(({ name, make, everywhere }): [string, string][] => {
    const declared = operation.parameters.some(
      (parameter) => parameter.in === 'header' && parameter.name.toLowerCase() === name.toLowerCase(),
    )
    if (!(declared || everywhere) || set.has(name.toLowerCase())) return []
    const made = make(context)
    return typeof made === 'string' ? [[name, made]] : []
  })
}

/** What the draft does otherwise than the operation, so that nobody looks for the mistake elsewhere. */
function departures({ omit = [], method, path }: Draft, operation: Operation): Finding[] {
  const note = (id: string, message: string): Finding => ({ id, severity: 'note', message })
  return [
    ...omit.map((name) => note('header-omitted', `${name} is left out on purpose.`)),
    ...(method === undefined || method === operation.method
      ? []
      : [note('method-changed', `${method} is sent on purpose; the operation is a ${operation.method}.`)]),
    ...(path === undefined
      ? []
      : [note('path-changed', `${path} is asked for on purpose instead of ${operation.path}.`)]),
  ]
}

/** A call that is made without a token too goes without one when there is none. */
async function grantOrNone(operation: Operation, parts: PrepareParts, wish: GrantWish): Promise<SendingGrant | null> {
  try {
    return await parts.grant(wish)
  } catch (fault) {
    if (operation.tokenOptional && wish.id === undefined && isFault(fault) && fault.code === 'GRANT_MISSING')
      return null
    throw fault
  }
}

/** The identity a call needs for its connection or its signature; the draft's, else the environment's own. */
async function chooseIdentity(
  draft: Draft,
  bank: Bank,
  operation: Operation,
  parts: PrepareParts,
): Promise<SendingIdentity | null> {
  const wantsCertificate = bank.profile.hosts[operation.host]?.clientCertificate === 'QWAC'
  if (draft.identity === without || !(wantsCertificate || bank.signs(operation))) return null
  return parts.identity(draft.identity ?? bank.override?.identity)
}

/** Throws the fault of the first thing that cannot be resolved; with `draft.insist` schema problems become findings. */
export async function prepare(draft: Draft, parts: PrepareParts): Promise<Prepared> {
  const bank = await parts.banks.at(draft.bank, draft.environment)
  const environment = bank.environment(draft.environment)
  const operation = bank.operation(draft.operation)
  refuseWhatIsNotOffered(bank, operation, environment.kind)
  if (bank.profile.hosts[operation.host]?.browser) {
    throw new Fault(
      'OPERATION_NOT_OFFERED',
      `${operation.id} is opened in the customer's browser, not called. Use: tpp access authorise ${bank.id} --scope …`,
      { operation: operation.id },
    )
  }
  refusePlaceholders(draft)
  const placed = await placeParameters(bank, operation, draft.parameters, draft.insist, draft)
  const bodyFindings = await checkBody(bank, operation, draft.body, draft.insist)

  const identity = await chooseIdentity(draft, bank, operation, parts)
  const endpoints = await parts.endpoints(bank, environment.id)
  // As a URL spells it, so that what is shown, signed and sent is one text.
  const resource = draft.path ?? `${placed.path}${placed.query}`
  const url = new URL(`${baseUrl(bank, operation, environment.id, endpoints)}${resource}`).href

  const own = Object.entries(draft.headers)
  const set = new Set([...placed.headers, ...own].map(([name]) => name.toLowerCase()))
  const filled = (scope: string) => scope.replace(/\{([^}]+)\}/g, (_, name: string) => placed.values[name] ?? '')
  const scope = operation.scope === null ? null : filled(operation.scope)
  const needsGrant = scope !== null && draft.grant !== without && !set.has('authorization')
  const grant = needsGrant
    ? await grantOrNone(operation, parts, {
        bank: bank.id,
        environment: environment.id,
        identity: identity?.id ?? null,
        scope,
        alternatives: operation.alternativeScopes.map(filled),
        id: draft.grant,
        flow: bank.profile.access?.flow,
      })
    : null
  const headers = [...placed.headers, ...defaultHeaders(bank, operation, identity, set), ...own]
  return {
    draft,
    bank,
    environment,
    operation,
    endpoints,
    identity,
    scope,
    grant,
    method: draft.method ?? operation.method,
    url,
    headers,
    body: draft.body === undefined || draft.body === '' ? null : draft.body,
    findings: [...placed.findings, ...bodyFindings, ...departures(draft, operation)],
  }
}
