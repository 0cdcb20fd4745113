import { expect, test } from 'vitest'
import type { Grant } from '#shared/contract/access.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { expiryItems } from './expiry.ts'
import type { Standing } from './pipeline.ts'
import { isBeyond, marksOf, placeOf, spanFor } from './time-scale.ts'

const day = 86_400_000
const now = Date.parse('2026-11-21T09:00:00.000Z')
const in_ = (days: number): string => new Date(now + days * day).toISOString()

const grant = {
  id: 'g',
  scope: 'account',
  customer: '1972••••••••',
  accessTokenExpiresAt: in_(0.005),
  refreshable: true,
  refreshTokenExpiresAt: in_(80),
  unattended: null,
  consent: null,
} as unknown as Grant

const consent = {
  id: 'r-1',
  kind: 'consent',
  bank: 'b',
  environment: 'sandbox',
  resource: 'c-1',
  status: 'valid',
  meaning: null,
  final: false,
  replacedBy: null,
  validUntil: '2027-02-01',
} as unknown as Remembered

const standing = (change: Partial<Standing>): Standing =>
  ({
    bank: {
      id: 'b',
      statuses: {},
      resources: [{ kind: 'consent', active: 'valid' }],
      unattended: { perDay: 4, presentHeader: 'PSU-IP-Address' },
    },
    environment: { id: 'sandbox' },
    identities: [],
    grants: [],
    remembered: [],
    now,
    ...change,
  }) as unknown as Standing

const only = (change: Partial<Standing>) => {
  const items = expiryItems(standing(change))
  expect(items).toHaveLength(1)
  return items[0]!
}

test('before day 85 of a refresh token nothing is due; from then on the customer is to be asked', () => {
  expect(only({ grants: [grant] })).toMatchObject({ what: 'Refresh token', due: false, action: { kind: 'access' } })
  const late = { ...grant, refreshTokenExpiresAt: in_(4.9) }
  expect(only({ grants: [late] })).toMatchObject({
    due: true,
    tone: 'caution',
    action: { kind: 'scope', scope: 'account' },
  })
  expect(only({ grants: [{ ...late, consent: 'r-1' }] }).action).toMatchObject({ kind: 'consent', consent: 'r-1' })
})

test('an access token that is over is refreshed while that helps, and asked for anew after', () => {
  const over = { ...grant, accessTokenExpiresAt: in_(-0.1) }
  expect(only({ grants: [over] }).action).toMatchObject({ kind: 'refresh', grant: 'g' })
  const lost = { ...over, refreshTokenExpiresAt: in_(-1) }
  expect(only({ grants: [lost] })).toMatchObject({ what: 'Access token', tone: 'bad', action: { kind: 'scope' } })
})

test('a certificate is renewed thirty days before its end', () => {
  const identity = (days: number) => ({ id: 'i', name: 'acme', kind: 'QWAC', notAfter: in_(days) }) as never
  expect(only({ identities: [identity(31)] })).toMatchObject({ due: false, tone: 'good', left: '31 d left' })
  expect(only({ identities: [identity(29)] })).toMatchObject({ due: true, tone: 'caution' })
  expect(only({ identities: [identity(-1)] })).toMatchObject({ due: true, tone: 'bad', left: 'over' })
})

test('a consent stands while something can be done about it, with what that is', () => {
  expect(only({ remembered: [consent] })).toMatchObject({ due: false, action: { label: 'Open the consent' } })
  expect(only({ remembered: [{ ...consent, status: 'received' }] }).action.label).toBe('Have it authorised')
  const signed = { ...grant, consent: consent.id }
  const items = expiryItems(standing({ remembered: [{ ...consent, status: 'received' }], grants: [signed] }))
  expect(items.find(({ what }) => what === 'Consent')).toMatchObject({
    due: false,
    action: { label: 'Open the consent' },
  })
  expect(only({ remembered: [{ ...consent, validUntil: '2026-11-25' }] }).action.label).toBe('Ask for a new one')
  const gone = [
    { ...consent, final: true },
    { ...consent, replacedBy: 'r-2' },
    { ...consent, environment: 'production' },
  ]
  expect(expiryItems(standing({ remembered: gone }))).toEqual([])
})

test('the day’s calls stand until midnight, and what is due stands first', () => {
  const used = (count: number) => ({ ...grant, unattended: { day: '2026-11-21', used: count, perDay: 4 } })
  const [first, second] = expiryItems(standing({ grants: [used(4)] }))
  expect(first).toMatchObject({ what: 'Quota', due: true, tone: 'bad', end: Date.parse('2026-11-22T00:00:00Z') })
  expect(second?.what).toBe('Refresh token')
  expect(expiryItems(standing({ grants: [used(0)] }))).toHaveLength(1)
})

test('the line goes from today to ninety days, or to half a year where something ends then', () => {
  expect(placeOf(now + 45 * day, now, 90)).toBe(500)
  expect(placeOf(now - day, now, 90)).toBe(0)
  expect(placeOf(now + 400 * day, now, 90)).toBe(1000)
  expect(isBeyond(now + 91 * day, now, 90)).toBe(true)
  expect(marksOf(90).map(({ place }) => Math.round(place))).toEqual([0, 333, 667, 1000])
  expect(spanFor([now + 100 * day, null], now)).toBe(180)
  expect(spanFor([now + 80 * day, now + 700 * day], now)).toBe(90)
})
