/** From the bank's page to a stored grant: the customer, the callback, the code exchanged at once, the tokens kept first. */
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import { isFault } from '#shared/fault.ts'
import { type AccessTarget, accessLifetime, oauthProfile, resolveTarget } from './access-target.ts'
import type { FlowInHand, FlowRecord } from './flow-book.ts'
import { type GrantBook, type GrantRecord, newGrantId } from './grant-book.ts'
import type { Asked } from './judge-callback.ts'
import { noteReturn } from './note-return.ts'
import { serverOperations, tokenPlace } from './server-operations.ts'
import { type ShowParts, showGrant } from './show-grant.ts'
import type { Issued, TokenDoor } from './token-endpoint.ts'
import { type FlowParts, type Session, visitPage } from './visit-page.ts'

export interface CodeParts extends FlowParts, ShowParts {
  readonly book: GrantBook
}

async function doorOf({ server }: FlowRecord, target: AccessTarget, parts: FlowParts): Promise<TokenDoor> {
  const profile = oauthProfile(target.bank)
  if (profile.flow === 'oauth-code') return { code: profile.token, refresh: profile.refresh }
  const endpoints = await parts.endpoints(target.bank, target.environment.id)
  return {
    code: serverOperations.token,
    refresh: serverOperations.refresh,
    place: tokenPlace(target.bank, endpoints, new URL(server?.tokenEndpoint ?? '')),
  }
}

function askedBy({ record, secrets }: FlowInHand, target: AccessTarget): Asked {
  const profile = oauthProfile(target.bank)
  const advertised = profile.flow === 'oauth-code' ? (profile.issuer ?? null) : null
  return {
    clientId: record.clientId,
    state: secrets.state ?? '',
    origin: new URL(secrets.url).origin,
    issuer: record.server?.issuer ?? advertised,
    namesItself: record.server?.namesItself ?? advertised !== null,
  }
}

/** What the code was exchanged for. */
interface Exchanged {
  readonly grant: GrantRecord
  readonly exchange: Issued['exchange']
}

/** Yields `open`; the grant it returns is kept. */
async function* exchanged(
  flow: FlowInHand,
  session: Session,
  parts: CodeParts,
  outer?: AbortSignal,
): AsyncGenerator<AuthoriseEvent, Exchanged, void> {
  const target = await resolveTarget(flow.record, parts)
  const door = await doorOf(flow.record, target, parts)
  const [{ judgeCallback }, { tokenEndpoint }] = await Promise.all([
    import('./judge-callback.ts'),
    import('./token-endpoint.ts'),
  ])
  const asked = askedBy(flow, target)
  const parameters = yield* visitPage(flow, session, (query) => void judgeCallback(query, asked), parts, outer)
  // The code lives for seconds: it is exchanged before anybody is told of the callback.
  const callback = judgeCallback(parameters, asked)
  // A note that cannot be written must not cost the code.
  await flow.note({ step: 'exchanging' }).catch(() => {})
  const endpoint = tokenEndpoint(target, flow.record.clientId, door, parts)
  const issued = await endpoint.code(callback, flow.record.redirectUri, flow.secrets.verifier)
  const grant = newGrant(flow.record, target, issued, parts.now())
  await parts.book.save(grant, issued.tokens)
  return { grant, exchange: issued.exchange }
}

/** Yields `open`, `callback`, `grant`. */
export async function* codeFlow(
  flow: FlowInHand,
  session: Session,
  parts: CodeParts,
  outer?: AbortSignal,
): AsyncGenerator<AuthoriseEvent, void, void> {
  let done: Exchanged
  try {
    done = yield* exchanged(flow, session, parts, outer)
  } catch (fault) {
    // A customer who refused has been there too, and so has one whose code the bank then did not take.
    if (isFault(fault) && ['ACCESS_DENIED', 'ACCESS_TOKEN_REFUSED'].includes(fault.code))
      await noteReturn(flow.record, parts)
    throw fault
  }
  await noteReturn(flow.record, parts)
  await flow.end()
  yield { type: 'callback' }
  yield { type: 'grant', grant: await showGrant(done.grant, parts), exchange: done.exchange }
}

function newGrant(flow: FlowRecord, { bank, identity }: AccessTarget, issued: Issued, now: number): GrantRecord {
  const instant = (seconds: number) => new Date(now + seconds * 1000).toISOString()
  const refreshLifetime = oauthProfile(bank).lifetimes?.refreshToken
  const refreshable = issued.tokens.refreshToken !== null
  return {
    id: newGrantId(),
    bank: bank.id,
    environment: flow.environment,
    identity: identity.id,
    customer: flow.customer,
    scope: issued.scope ?? flow.scope ?? '',
    obtainedAt: instant(0),
    accessTokenExpiresAt: instant(issued.expiresIn ?? accessLifetime(bank)),
    refreshable,
    refreshTokenExpiresAt: refreshable && refreshLifetime !== undefined ? instant(refreshLifetime) : null,
    refreshingSince: null,
    boundTo: issued.boundTo,
    server: flow.server === null ? null : { issuer: flow.server.issuer, tokenEndpoint: flow.server.tokenEndpoint },
    consent: flow.consent,
  }
}
