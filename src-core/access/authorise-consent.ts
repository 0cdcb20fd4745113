/** Lets a customer authorise one consent or payment by the links of the bank's answers: to its authorisation server, or to its own page. */
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import { Fault } from '#shared/fault.ts'
import { linkedOperation } from '#shared/linked-operation.ts'
import { type AccessTarget, clientIdOf, oauthProfile, resolveTarget } from './access-target.ts'
import { type AuthoriseParts, refuseClicks } from './authorise.ts'
import { beginCodeFlow, supersede } from './begin-code-flow.ts'
import { codeFlow } from './code-flow.ts'
import { allowedIn, customerLink, linksOf } from './customer-link.ts'
import { discoverServer } from './discover-server.ts'
import { type FlowInHand, newFlowId } from './flow-book.ts'
import { freeCallback } from './free-callback.ts'
import { maskText } from './mask-customer.ts'
import { pageFlow } from './page-flow.ts'
import type { ResourceSecrets } from './resource-book.ts'
import {
  type GivenToCall,
  givenFor,
  type OpenResource,
  openResource,
  type ResourceParts,
  resourceDraft,
} from './resource-call.ts'
import { keepFlow, type Session } from './visit-page.ts'
import { chooseCallback } from './wait-for-customer.ts'

export interface ConsentInput extends Session, GivenToCall {
  /** Id of the remembered consent or payment. */
  readonly consent: string
  /** One that was started already; another one is started where this is left out and the bank wants one. */
  readonly authorisation?: string | undefined
  readonly callback?: string | undefined
}

export type ConsentParts = AuthoriseParts & ResourceParts

/** Names of links a bank uses, in the order they are tried. */
interface WantedLinks {
  readonly metadata: string | null
  readonly pages: readonly string[]
  readonly start: string | null
  /** Header of the starting call that says where the customer comes back to. */
  readonly returnHeader: string | null
  /** Host of the bank's data that a person may have given the address of the metadata. */
  readonly server: string | null
}

function wantedLinks({ bank }: AccessTarget): WantedLinks {
  const { access } = bank.profile
  if (access?.flow === 'oauth-sca')
    return {
      metadata: access.link,
      pages: access.pages,
      start: access.start ?? null,
      returnHeader: access.returnHeader ?? null,
      server: access.server ?? null,
    }
  // A challenge comes before the resource is there; the same link beside a resource is the customer's page for it.
  if (access?.flow === 'redirect-link' || access?.flow === 'redirect-challenge')
    return { metadata: null, pages: [access.link], start: null, returnHeader: access.returnHeader, server: null }
  throw new Fault('OPERATION_NOT_OFFERED', `${bank.name} has no authorisation of a single consent in its data.`, {
    bank: bank.id,
  })
}

/** Where the customer comes back to: what the creation named, what is registered, or an address of this moment. */
async function redirectUriFor(
  { record }: OpenResource,
  target: AccessTarget,
  input: ConsentInput,
  parts: ConsentParts,
): Promise<string> {
  const clientId = clientIdOf(target.identity)
  const registered = await parts.registrations.find({ bank: record.bank, environment: record.environment, clientId })
  const known = [...(record.returnUri === null ? [] : [record.returnUri]), ...(registered?.callbackUris ?? [])]
  if (known.length > 0) return chooseCallback(known, input.callback)
  return input.callback ?? freeCallback(record.bank)
}

function linksToTry(
  { record }: OpenResource,
  kept: ResourceSecrets,
  authorisation: string | undefined,
): Record<string, string> {
  if (authorisation === undefined) return { ...kept.links }
  const own = kept.authorisations[authorisation]
  if (own !== undefined) return { ...own }
  throw new Fault(
    'RESOURCE_UNKNOWN',
    `No links of an authorisation "${authorisation}" are remembered for this ${record.kind}.`,
    {
      consent: record.id,
      authorisation,
      near: record.authorisations.map(({ id }) => id),
    },
  )
}

/** Scope of the token for this resource: the bank's pattern that takes its id. */
function scopeFor({ profile, record, bank }: OpenResource): string {
  for (const { scope } of oauthProfile(bank).scopes) {
    const name = /\{([^}]+)\}/.exec(scope)?.[1]
    if (name !== undefined && profile.parameters.includes(name)) return scope.replace(`{${name}}`, record.resource)
  }
  throw new Fault('OPERATION_NOT_OFFERED', `${bank.name} has no scope for a ${record.kind} in its data.`, {
    bank: bank.id,
  })
}

/** Starts one more authorisation, of another signer or because the creation started none. @returns the links of its answer */
async function startAuthorisation(
  open: OpenResource,
  href: string,
  returnTo: Readonly<Record<string, string>>,
  input: ConsentInput,
  parts: ConsentParts,
  signal?: AbortSignal,
): Promise<Record<string, string>> {
  const { bank, profile } = open
  const starts = profile.authorisations.flatMap(({ start }) => start ?? [])
  const candidates = bank.operations.filter(({ id }) => starts.includes(id))
  const operation = linkedOperation({ rel: 'start', method: 'POST', href }, candidates)?.operation ?? starts[0]
  const parameters = { ...returnTo, ...givenFor(open, input) }
  const { exchange, answer } = await parts.send(resourceDraft(open, operation, parameters), signal)
  const details = { exchange: exchange.id, status: answer.status }
  if (answer.status < 200 || answer.status >= 300)
    throw new Fault(
      'ACCESS_LINK',
      `The bank started no authorisation (${answer.status}). ${exchange.explanations[0]?.fix ?? 'See the exchange in history.'}`,
      details,
    )
  try {
    return linksOf(JSON.parse(answer.body.toString('utf8')))
  } catch {
    throw new Fault('ACCESS_LINK', 'The answer that started the authorisation is not JSON.', details)
  }
}

/** A link that leads on: to the server's metadata, or to a page of the bank. */
interface Way {
  readonly to: 'server' | 'page'
  readonly name: string
  readonly href: string
}

function wayAmong(links: Readonly<Record<string, string>>, { metadata, pages }: WantedLinks): Way | null {
  const server = metadata === null ? undefined : links[metadata]
  if (metadata !== null && server !== undefined) return { to: 'server', name: metadata, href: server }
  const name = pages.find((each) => links[each] !== undefined)
  return name === undefined ? null : { to: 'page', name, href: links[name]! }
}

/** In the bank's order: its links, those of an authorisation that is started for it, the server a person set. Throws ACCESS_LINK. */
async function findWay(
  open: OpenResource,
  links: Readonly<Record<string, string>>,
  wanted: WantedLinks,
  start: (href: string) => Promise<Record<string, string>>,
  configured: string,
): Promise<Way> {
  const first = wayAmong(links, wanted)
  if (first !== null) return first
  const href = wanted.start === null ? undefined : links[wanted.start]
  // One start for one signer: an answer that asks for another one would lead in circles.
  const second = href === undefined ? null : wayAmong(await start(href), wanted)
  if (second !== null) return second
  if (configured !== '') return { to: 'server', name: wanted.metadata ?? '', href: configured }
  const names = [wanted.metadata, ...wanted.pages, wanted.start].filter((name) => name !== null)
  throw new Fault(
    'ACCESS_LINK',
    `The bank's answers hold none of the links ${names.join(', ')}; there is nothing to open.`,
    { consent: open.record.id, links: open.record.links },
  )
}

/** Yields `open`, then `callback` and `grant`, or `returned` after a page that gives no token. */
export async function* authoriseConsent(
  input: ConsentInput,
  parts: ConsentParts,
  outer?: AbortSignal,
): AsyncGenerator<AuthoriseEvent, void, void> {
  const open = await openResource(input.consent, parts)
  const { record, bank } = open
  const place = { bank: record.bank, environment: record.environment, identity: record.identity ?? undefined }
  const target = await resolveTarget(place, parts)
  refuseClicks(target, input)
  const wanted = wantedLinks(target)
  const redirectUri = await redirectUriFor(open, target, input, parts)
  const kept = await parts.resources.secrets(record.id)
  const returnTo = wanted.returnHeader === null ? {} : { [wanted.returnHeader]: redirectUri }
  const way = await findWay(
    open,
    linksToTry(open, kept, input.authorisation),
    wanted,
    (href) => startAuthorisation(open, href, returnTo, input, parts, outer),
    wanted.server === null ? '' : (target.environment.urls[wanted.server] ?? ''),
  )
  if (way.to === 'page') {
    const flow = await beginPageFlow(open, target, customerLinkOf(target, way), redirectUri, parts)
    return yield* keepFlow(flow, false, pageFlow(flow, input, parts, outer))
  }
  const server = await discoverServer(way.name, way.href, target, parts, outer)
  const flow = await beginCodeFlow(
    {
      target,
      authorize: server.authorize,
      clientId: clientIdOf(target.identity),
      redirectUri,
      scope: scopeFor(open),
      pkce: oauthProfile(bank).pkce,
      customer: {},
      shownCustomer: kept.psu === null ? null : maskText(kept.psu),
      server: { issuer: server.issuer, tokenEndpoint: server.tokenEndpoint, namesItself: server.namesItself },
      consent: record.id,
    },
    parts,
  )
  yield* keepFlow(flow, false, codeFlow(flow, input, parts, outer))
}

/** The link, with the schemes the bank's data allows for it. */
function customerLinkOf({ bank, environment }: AccessTarget, { name, href }: Way): string {
  const page = bank.profile.customerPages.find(({ at }) => at.startsWith(`/_links/${name}`))
  return customerLink(name, href, allowedIn(environment, page?.schemes)).url
}

async function beginPageFlow(
  { record }: OpenResource,
  target: AccessTarget,
  url: string,
  redirectUri: string,
  parts: ConsentParts,
): Promise<FlowInHand> {
  const flow = {
    id: newFlowId(),
    kind: 'page' as const,
    bank: record.bank,
    environment: record.environment,
    identity: target.identity.id,
    customer: null,
    scope: null,
    consent: record.id,
    operation: null,
    clientId: clientIdOf(target.identity),
    redirectUri,
    startedAt: new Date(parts.now()).toISOString(),
    step: 'browser' as const,
    server: null,
  }
  await supersede(flow, parts)
  return parts.flows.begin(flow, { url, state: null, verifier: null, draft: null })
}
