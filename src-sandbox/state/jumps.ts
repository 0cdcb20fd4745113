/** The jumps of a clock that show something: a code too old, a token over, a consent over, a banking day over. */
import { addDays, bankingDayFrom, dayOf, endOfBankingDay, startOfDay } from '#sandbox/bank/calendar.ts'
import type { ClockJump } from '#shared/sandbox-state.ts'
import { type Tenant, tenantNow } from './tenants.ts'

const minute = 60
const day = 24 * 60 * minute

const secondsUntil = (now: number, then: number): number => Math.ceil((then - now) / 1000)

export function jumpsFrom(tenant: Tenant): ClockJump[] {
  const now = tenantNow(tenant)
  const nextDay = bankingDayFrom(addDays(dayOf(now), 1))
  return [
    { id: '31-seconds', title: '31 seconds on: an authorization code is too old', seconds: 31 },
    {
      id: '11-minutes',
      title: '11 minutes on: an access token is over, a payment of today is done',
      seconds: 11 * minute,
    },
    { id: '91-days', title: '91 days on: a refresh token and its consent are over', seconds: 91 * day },
    {
      id: 'end-of-banking-day',
      title: 'The end of the banking day: what was to be signed for it is given up',
      seconds: secondsUntil(now, endOfBankingDay(now)),
    },
    {
      id: 'next-banking-day',
      title: 'Ten minutes into the next banking day: what was due then has been executed',
      seconds: secondsUntil(now, startOfDay(nextDay)) + 10 * minute,
    },
    { id: 'now', title: 'Back to the time of this machine', seconds: -tenant.clockOffsetSeconds },
  ]
}
