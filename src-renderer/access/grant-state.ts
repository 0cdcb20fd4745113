/** What can still be done with a grant, at a moment. */
import type { Grant } from '#shared/contract/access.ts'
import type { Tone } from '../ui/badge.tsx'

/** Seconds before its end at which a token is marked: too few for a person to type in. */
const soon = 60

export function secondsLeft({ accessTokenExpiresAt }: Grant, now: number): number {
  return Math.max(0, Math.floor((Date.parse(accessTokenExpiresAt) - now) / 1000))
}

export function tokenTone(grant: Grant, now: number): Tone {
  const left = secondsLeft(grant, now)
  return left === 0 ? 'bad' : left < soon ? 'caution' : 'good'
}

export const canRefresh = ({ refreshable, refreshTokenExpiresAt }: Grant, now: number): boolean =>
  refreshable && (refreshTokenExpiresAt === null || Date.parse(refreshTokenExpiresAt) > now)
