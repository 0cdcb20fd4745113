/** What can go into a basket and what cannot, with the reason a person reads before the bank has to say it. */
import type { Remembered } from '#shared/contract/followed.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { isObject, type Json, valueAt, withValue } from '../forms/json-value.ts'

export type Members = NonNullable<ResourceProfile['members']>

type Candidate = Pick<Remembered, 'status' | 'meaning' | 'final' | 'identity'>

/** null where it can be taken in. @param identity that will sign; null where any does */
export function obstacleTo(thing: Candidate, { statuses, reason }: Members, identity: string | null): string | null {
  const { status, final } = thing
  if (final) return `${status ?? 'It'} is final: there is nothing left to sign.`
  if (identity !== null && thing.identity !== null && thing.identity !== identity)
    return 'Another identity created it: the bank takes it for another TPP’s.'
  if (statuses === undefined || (status !== null && statuses.includes(status))) return null
  return `${status === null ? 'Its status is not known yet' : `It is ${status}`}. ${reason}`
}

/** The body of the creation with the bank's ids of its members. */
export const bodyOf = ({ at }: Members, ids: readonly string[]): string =>
  JSON.stringify(withValue({}, at, ids), null, 2)

/** The bank's ids of the members, from the body that created the basket; empty where it cannot be read. */
export function membersIn({ at }: Members, body: string | null): readonly string[] {
  try {
    const document = JSON.parse(body ?? '') as Json
    const list = isObject(document) ? valueAt(document, at) : undefined
    return Array.isArray(list) ? (list as readonly Json[]).filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
