/** The last two steps: a customer's grant, and a first call made with it. */
import type { Grant } from '#shared/contract/access.ts'
import { shortMoment } from '../ui/local-time.ts'
import { countdown } from '../ui/use-now.ts'
import { consentStep, firstView } from './access-by-consent.ts'
import type { Judged, Standing, StepAction } from './pipeline.ts'

const isLive = (grant: Grant, now: number): boolean => Date.parse(grant.accessTokenExpiresAt) > now

/** Milliseconds before its end at which a token wants to be renewed. */
const soon = 60_000

export const canRefresh = (grant: Grant, now: number): boolean =>
  grant.refreshable && (grant.refreshTokenExpiresAt === null || Date.parse(grant.refreshTokenExpiresAt) > now)

/** The scope a first grant asks for: the first that needs no id of something else. */
export const firstScope = ({ bank }: Pick<Standing, 'bank'>): string | null =>
  bank.scopes.find(({ scope }) => !/[{<]/.test(scope))?.scope ?? null

/** The grant a first call uses: one of the first scope where there is one. */
export function bestGrant(standing: Pick<Standing, 'bank' | 'grants'>, now: number): Grant | null {
  const live = standing.grants.filter((grant) => isLive(grant, now))
  return live.find((grant) => grant.scope === firstScope(standing)) ?? live[0] ?? null
}

const refreshing = ({ id }: Grant): StepAction => ({ kind: 'refresh', label: 'Refresh the token', grant: id })

export function accessStep(standing: Standing): Judged {
  const { environment, grants, now } = standing
  const best = bestGrant(standing, now)
  if (best !== null) {
    const left = Date.parse(best.accessTokenExpiresAt) - now
    return {
      state: 'done',
      fact: [best.scope, best.customer ?? 'customer not named', `${countdown(best.accessTokenExpiresAt, now)} left`],
      action: left < soon && canRefresh(best, now) ? refreshing(best) : null,
    }
  }
  const spent = grants.find((grant) => canRefresh(grant, now))
  if (spent !== undefined)
    return {
      state: 'open',
      fact: `The access token of scope ${spent.scope} is over; its refresh token brings the next one.`,
      action: refreshing(spent),
    }
  const scope = firstScope(standing)
  if (scope === null) return consentStep(standing)
  return {
    state: grants.length > 0 ? 'problem' : 'open',
    fact: grants.length > 0 ? 'All grants are over.' : 'No customer has given access yet.',
    action:
      environment.kind === 'local-sandbox'
        ? { kind: 'authorise', label: 'Authorise a customer', scope }
        : { kind: 'show', label: 'Authorise a customer', view: 'access' },
  }
}

/** At a real bank an unattended call counts, and only a person knows whether the customer is there. */
function reading({ environment, reading: operation }: Standing, grant: Grant | null): StepAction | null {
  if (operation == null || grant === null) return null
  return environment.kind === 'local-sandbox'
    ? {
        kind: 'read',
        label: `Read ${(operation.tags[0] ?? 'data').toLowerCase()}`,
        grant: grant.id,
        operation: operation.id,
      }
    : { kind: 'open', label: 'Open it in Requests', grant: grant.id, operation: operation.id }
}

export function callsStep(standing: Standing): Judged {
  const { lastRead, now } = standing
  const grant = bestGrant(standing, now)
  const action = reading(standing, grant)
  if (lastRead !== null)
    return {
      state: 'done',
      fact: [
        `${lastRead.method} ${standing.reading?.path ?? new URL(lastRead.url).pathname}`,
        `${lastRead.status}`,
        shortMoment(lastRead.at, now),
      ],
      action: action === null ? firstView(standing.bank) : { ...action, label: `${action.label} again` },
    }
  if (standing.reading === undefined) return { state: 'open', fact: 'A first call is looked for …', action: null }
  if (action === null || grant === null) {
    const view = firstView(standing.bank)
    const place = view.label.replace(/^Open /, '')
    const fact =
      view.view === 'requests'
        ? 'Choose an operation and send it.'
        : `Make the first call in ${place}, or send any operation in Requests.`
    return { state: 'open', fact, action: view }
  }
  const { method = '', path = '' } = standing.reading ?? {}
  return { state: 'open', fact: `${method} ${path} with the token of scope ${grant.scope}.`, action }
}
