/** Chooses the grant a call uses: the one named, or the freshest whose scope fits exactly. */
import { anyIdentity } from '#shared/any-identity.ts'
import { Fault } from '#shared/fault.ts'
import { commandOf } from '#shared/remedy.ts'
import type { GrantWish } from '../requests/prepare.ts'
import type { SendingGrant } from '../requests/prepared.ts'
import type { GrantBook, GrantRecord } from './grant-book.ts'

/** What a person does at a bank with such a flow. */
function howToGetOne({ bank, environment, scope, flow }: GrantWish): string {
  const target = { bank, environment, scope }
  const [enter, authorise] = (['enter-token', 'authorise-scope'] as const).map((action) =>
    commandOf({ action, label: action, target }),
  )
  if (flow === 'bearer') return `The token comes from elsewhere. Enter it under Access, or with: ${enter}`
  if (flow === 'oauth-sca')
    return `It is for one consent or payment: create that first, then authorise it under Access, or with: tpp access authorise ${bank} --consent ID`
  return `Get one: ${authorise}`
}

function missing(wish: GrantWish, others: readonly GrantRecord[]): Fault {
  const scopes = [...new Set(others.map((grant) => grant.scope))]
  const have =
    scopes.length > 0
      ? ` There are grants for ${scopes.join(', ')}; a call uses one of another scope only when it is named (--grant ID).`
      : ''
  const { bank, environment, scope } = wish
  return new Fault(
    'GRANT_MISSING',
    `The call needs a grant of scope ${scope} and there is none.${have} ${howToGetOne(wish)}`,
    { bank, environment, scope },
  )
}

/** What a call wants to know of a grant beside its token. */
export interface GrantKnowledge {
  /** Calls without the customer made with it today. */
  used(grant: string): Promise<number>
}

async function withToken(record: GrantRecord, book: GrantBook, knowledge?: GrantKnowledge): Promise<SendingGrant> {
  const { id, scope, identity, accessTokenExpiresAt, boundTo } = record
  const { obtainedAt, refreshable, refreshTokenExpiresAt, consent } = record
  const { accessToken } = await book.tokens(id)
  const unattendedUsed = await knowledge?.used(id)
  return {
    id,
    scope,
    identity,
    accessToken,
    accessTokenExpiresAt,
    boundTo,
    obtainedAt,
    refreshable,
    refreshTokenExpiresAt,
    consent,
    ...(unattendedUsed === undefined ? {} : { unattendedUsed }),
  }
}

/** A token is a secret between one bank and its customer: no other bank or environment ever sees it (RFC 9700 section 4.4). */
function refuseElsewhere(grant: GrantRecord, wish: GrantWish): void {
  if (grant.bank === wish.bank && grant.environment === wish.environment) return
  throw new Fault(
    'GRANT_UNKNOWN',
    `Grant ${grant.id} is one of ${grant.bank} (${grant.environment}); its token is not sent to ${wish.bank} (${wish.environment}).`,
    { grant: grant.id, bank: wish.bank, environment: wish.environment },
  )
}

/** Throws GRANT_MISSING or GRANT_UNKNOWN. */
export async function chooseGrant(book: GrantBook, wish: GrantWish, knowledge?: GrantKnowledge): Promise<SendingGrant> {
  if (wish.id !== undefined) {
    const named = await book.find(wish.id)
    refuseElsewhere(named, wish)
    return withToken(named, book, knowledge)
  }
  const here = (await book.list()).filter((grant) => grant.bank === wish.bank && grant.environment === wish.environment)
  const mine = here.filter((grant) => wish.identity === null || [wish.identity, anyIdentity].includes(grant.identity))
  const freshest = (scope: string): GrantRecord | undefined =>
    mine
      .filter((grant) => grant.scope.split(' ').includes(scope))
      .sort((a, b) => (a.accessTokenExpiresAt < b.accessTokenExpiresAt ? 1 : -1))[0]
  // The usual scope goes before the ones that do as well, however fresh.
  const best = [wish.scope, ...(wish.alternatives ?? [])].map(freshest).find((grant) => grant !== undefined)
  if (best === undefined) throw missing(wish, mine)
  return withToken(best, book, knowledge)
}
