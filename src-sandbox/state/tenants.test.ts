import { describe, expect, it } from 'vitest'
import { bankingDayFrom } from '#sandbox/bank/calendar.ts'
import { openRequestRate } from '#sandbox/net/request-rate.ts'
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { jumpsFrom } from './jumps.ts'
import { limits, SandboxFull } from './limits.ts'
import { atAnotherTime, underOtherIds } from './moved-state.ts'
import { newTenant, nobody, openTenants, record } from './tenants.ts'

const open = () => openTenants([], () => undefined)

const entry = (change: Partial<SandboxLogEntry> = {}): SandboxLogEntry => ({
  at: '2026-01-01T00:00:00.000Z',
  bank: 'ica-banken',
  operation: null,
  method: 'GET',
  path: '/',
  status: 200,
  clientCertificate: null,
  reason: 'ok',
  requestId: null,
  ...change,
})

describe('a flood of tenants', () => {
  it('pushes nobody out and is told so', () => {
    const tenants = open()
    tenants.get('real').banks.some = { payments: { one: {} } }
    for (let count = 1; count < limits.tenants; count += 1) tenants.get(`made-up-${count}`)
    expect(() => tenants.get('one-too-many')).toThrow(SandboxFull)
    expect(() => tenants.get('one-too-many')).toThrow(/no room for one-too-many: it keeps 1000 tenants/)
    expect(tenants.peek('one-too-many')).toBeNull()
    expect(tenants.get('real').banks.some).toEqual({ payments: { one: {} } })
    expect(tenants.get(nobody).id).toBe(nobody)
  })
})

describe('a tenant', () => {
  it('has as many things of a kind as it may have, and no more', () => {
    const tenants = open()
    const tenant = tenants.get('full')
    const payments = Object.fromEntries(Array.from({ length: limits.thingsOfAKind }, (_, index) => [index, {}]))
    tenant.banks.bank = { payments, consents: {} }
    expect(() => tenants.requireRoom(tenant, 'bank')).toThrow(/full has 5000 payments at bank/)
    tenant.banks.bank = { payments: {}, consents: {} }
    expect(() => tenants.requireRoom(tenant, 'bank')).not.toThrow()
  })

  it('logs the newest calls, in number and in size', () => {
    const tenant = newTenant('log')
    for (let count = 0; count < limits.logEntries + 10; count += 1) record(tenant, entry({ path: `/${count}` }))
    expect(tenant.log).toHaveLength(limits.logEntries)
    expect(tenant.log[0]?.path).toBe(`/${limits.logEntries + 9}`)
    for (let count = 0; count < 5; count += 1) record(tenant, entry({ reason: 'x'.repeat(900_000) }))
    expect(tenant.log).toHaveLength(2)
    record(tenant, entry({ reason: 'y'.repeat(limits.logCharacters + 1) }))
    expect(tenant.log).toHaveLength(1)
  })
})

describe('another machine', () => {
  it('may send a burst and then as many requests a second as there may be; this one as many as it likes', () => {
    let now = 0
    const rate = openRequestRate(() => now)
    const send = (address: string, count: number): number =>
      Array.from({ length: count }, () => rate.refusal(address)).filter((answer) => answer === null).length
    expect(send('192.0.2.7', limits.burst + 50)).toBe(limits.burst)
    expect(rate.refusal('192.0.2.7')).toMatchObject({ status: 429, headers: { 'retry-after': '1' } })
    expect(send('192.0.2.8', 1)).toBe(1)
    now = 1000
    expect(send('192.0.2.7', limits.burst)).toBe(limits.requestsPerSecond)
    for (const own of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(send(own, 5000)).toBe(5000)
  })
})

describe('the jumps of a clock', () => {
  const day = 86_400
  /** A tenant whose clock stands at this time. */
  const at = (time: string) => ({
    ...newTenant('jumper'),
    clockOffsetSeconds: Math.round((Date.parse(time) - Date.now()) / 1000),
  })
  const seconds = (time: string, id: string): number =>
    jumpsFrom(at(time)).find((jump) => jump.id === id)?.seconds ?? -1

  it.each([
    ['2026-11-18T15:00:00Z', 9 * 3600, 9 * 3600 + 600],
    ['2026-11-20T23:00:00Z', 3600, 3600 + 2 * day + 600],
    ['2026-11-21T12:00:00Z', 2.5 * day, 1.5 * day + 600],
  ])('at %s go by the calendar of the banks', (time, end, next) => {
    expect(bankingDayFrom('2026-11-21')).toBe('2026-11-23')
    expect(Math.abs(seconds(time, 'end-of-banking-day') - end)).toBeLessThanOrEqual(2)
    expect(Math.abs(seconds(time, 'next-banking-day') - next)).toBeLessThanOrEqual(2)
    expect(seconds(time, '31-seconds')).toBe(31)
    expect(seconds(time, '11-minutes')).toBe(660)
    expect(seconds(time, '91-days')).toBe(91 * day)
  })

  it('lead back', () => {
    const tenant = { ...newTenant('late'), clockOffsetSeconds: 91 * day }
    expect(jumpsFrom(tenant).find(({ id }) => id === 'now')?.seconds).toBe(-91 * day)
  })
})

describe('a saved state', () => {
  const id = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'
  const state = {
    payments: {
      [id]: {
        id,
        createdAt: 1_000,
        signedAt: null,
        amount: 5,
        content: { requestedExecutionDate: '2026-01-30', text: 'at' },
      },
    },
    baskets: [{ id: 'enc!!AbCdEf==', payments: [id], decisions: [{ at: 2_000 }] }],
  }

  it('is moved in time: moments and days, and nothing else', () => {
    expect(atAnotherTime(state, 500, 3)).toEqual({
      payments: {
        [id]: {
          id,
          createdAt: 1_500,
          signedAt: null,
          amount: 5,
          content: { requestedExecutionDate: '2026-02-02', text: 'at' },
        },
      },
      baskets: [{ id: 'enc!!AbCdEf==', payments: [id], decisions: [{ at: 2_500 }] }],
    })
  })

  it('gets other ids of the same form, everywhere the same', () => {
    const moved = underOtherIds(state) as {
      payments: Record<string, { id: string }>
      baskets: { id: string; payments: string[] }[]
    }
    const [renamed = ''] = Object.keys(moved.payments)
    expect(renamed).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/)
    expect(renamed).not.toBe(id)
    expect(moved.payments[renamed]?.id).toBe(renamed)
    expect(moved.baskets[0]?.payments).toEqual([renamed])
    expect(moved.baskets[0]?.id).toMatch(/^enc!![\w-]{6}==$/)
    expect(moved.baskets[0]?.id).not.toBe('enc!!AbCdEf==')
  })
})
