import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FullTenant, openFullTenant } from '#sandbox/testing/full-tenant.ts'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'
import {
  type SandboxBankState,
  type SandboxSnapshot,
  type SandboxState,
  sandboxSnapshotSchema,
  sandboxStateSchema,
} from '#shared/sandbox-state.ts'

let bench: TestBench
let full: FullTenant
beforeAll(async () => {
  bench = await openBench()
  full = await openFullTenant(bench)
}, 60_000)
afterAll(() => bench.close())

async function stateOf(tenant: string, bank?: string): Promise<SandboxState> {
  const { json } = await bench.control.send('GET', `/tenants/${tenant}/state${bank ? `?bank=${bank}` : ''}`)
  return sandboxStateSchema.parse(json)
}

async function at(tenant: string, bank: string): Promise<SandboxBankState> {
  const [found] = (await stateOf(tenant, bank)).banks
  if (!found) throw new Error(`${bank} says nothing.`)
  return found
}

const snapshotOf = async (tenant: string): Promise<SandboxSnapshot> =>
  sandboxSnapshotSchema.parse((await bench.control.send('GET', `/tenants/${tenant}/snapshot`)).json)

const load = (tenant: string, snapshot: unknown) => bench.control.send('PUT', `/tenants/${tenant}/snapshot`, snapshot)

/** Statuses of a section, without what a load gives anew. */
const statuses = (state: SandboxBankState, section: 'payments' | 'baskets' | 'consents' | 'authorisations') =>
  state[section].map(({ status, title }) => `${status} ${title.replace(/[0-9a-f-]{36}/g, '#')}`)

describe('the state of a tenant', () => {
  it('is shown in words at all five banks', async () => {
    const ica = await at(full.tenant, 'ica-banken')
    expect(ica.payments).toMatchObject([{ id: full.payment, status: 'RCVD', title: '125.50 SEK to Elva Tolvansson' }])
    expect(ica.baskets).toMatchObject([{ id: full.basket, status: 'RCVD' }])
    expect(ica.consents.map(({ title }) => title).sort()).toEqual([
      'account, Anna Andersson',
      'payment, Anna Andersson',
    ])
    expect(ica.tokens.map(({ title }) => title)).toContain('Access token: account, Anna Andersson')
    expect(ica.accounts.find(({ title }) => title.startsWith('Sparkonto'))?.facts.booked).toMatch(/^\d+\.\d\d SEK$/)

    const bog = await at(full.tenant, 'bank-of-georgia')
    expect(bog.consents).toMatchObject([{ id: full.consent, status: 'valid', facts: { signed: 'Nino Beridze' } }])
    expect(bog.authorisations[0]).toMatchObject({ status: 'finalised', facts: { of: full.consent } })
    expect(bog.accounts.find(({ status }) => status === 'blocked')?.title).toContain('ნინო ბერიძე')

    expect((await at(full.tenant, 'sparebank1')).payments).toMatchObject([{ title: '100.33 EUR to Company 123' }])
    expect((await at(full.tenant, 'salt-edge')).consents).toHaveLength(1)
    expect((await at(full.tenant, 'payex-ledger')).tokens).toMatchObject([{ status: 'begun' }])
    expect((await stateOf(full.tenant)).banks).toHaveLength(5)
  })

  it('goes with the clock', async () => {
    await bench.control.send('POST', `/tenants/${full.tenant}/jumps`, { jump: '91-days' })
    const { consents, payments, tokens } = await at(full.tenant, 'ica-banken')
    expect(new Set(consents.map(({ status }) => status))).toEqual(new Set(['over']))
    expect(payments[0]?.status).toBe('RJCT')
    expect(tokens.filter(({ status }) => status === 'valid')).toEqual([])
    expect((await at(full.tenant, 'bank-of-georgia')).consents[0]?.status).toBe('expired')
    await bench.control.send('POST', `/tenants/${full.tenant}/jumps`, { jump: 'now' })
    expect((await at(full.tenant, 'bank-of-georgia')).consents[0]?.status).toBe('valid')
  })

  it('has nothing that opens anything, neither shown nor saved', async () => {
    const text = JSON.stringify([await stateOf(full.tenant), await snapshotOf(full.tenant)])
    for (const secret of full.secrets) expect(text).not.toContain(secret)
  })

  it('of nobody is empty, and the look leaves nothing behind', async () => {
    const { banks } = await stateOf('PSDSE-FINA-unseen')
    for (const bank of banks) expect([...bank.payments, ...bank.consents, ...bank.tokens]).toEqual([])
    const { json } = await bench.control.send('GET', '/tenants')
    expect((json as { tenant: string }[]).map(({ tenant }) => tenant)).not.toContain('PSDSE-FINA-unseen')
  })
})

describe('a saved state', () => {
  it('loads into another tenant, under other ids and as fresh as it was', async () => {
    const snapshot = await snapshotOf(full.tenant)
    // As if it had been saved forty days ago.
    const days = 40
    const old = JSON.parse(JSON.stringify(snapshot), (name, value: unknown) => {
      if (typeof value === 'number' && /(?:^at|At)$/.test(name)) return value - days * 86_400_000
      if (name === 'savedAt') return new Date(Date.parse(String(value)) - days * 86_400_000).toISOString()
      if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value))
        return new Date(Date.parse(value) - days * 86_400_000).toISOString().slice(0, 10)
      return value
    }) as SandboxSnapshot
    const { status, json } = await load('PSDSE-FINA-guest', old)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      tenant: 'PSDSE-FINA-guest',
      banks: { 'ica-banken': 2, sparebank1: 1, 'salt-edge': 1 },
    })
    for (const bank of ['ica-banken', 'bank-of-georgia', 'sparebank1', 'salt-edge']) {
      const [before, after] = [await at(full.tenant, bank), await at('PSDSE-FINA-guest', bank)]
      for (const section of ['payments', 'baskets'] as const)
        expect(statuses(after, section)).toEqual(statuses(before, section))
    }
    const guest = await at('PSDSE-FINA-guest', 'ica-banken')
    expect(guest.payments[0]?.id).not.toBe(full.payment)
    expect(guest.payments[0]?.facts.basket).toBe(guest.baskets[0]?.id)
    expect(guest.tokens).toEqual([])
    expect(guest.consents).toEqual([])
    const georgian = await at('PSDSE-FINA-guest', 'bank-of-georgia')
    expect(georgian.consents[0]?.status).toBe('valid')
    expect(georgian.authorisations[0]?.facts.of).toBe(georgian.consents[0]?.id)
    const { leftOut } = json as { leftOut: string[] }
    expect(leftOut.at(-1)).toContain('payex~sven-svensson~loaded-1~PSDSE-FINA-guest')
    expect((await at('PSDSE-FINA-guest', 'payex-ledger')).tokens).toHaveLength(1)
  })

  it('loads into its own tenant under its own ids, and the registration stays', async () => {
    const snapshot = await snapshotOf(full.tenant)
    expect((await load(full.tenant, snapshot)).status).toBe(200)
    expect((await at(full.tenant, 'ica-banken')).payments[0]?.id).toBe(full.payment)
    expect((await at(full.tenant, 'bank-of-georgia')).consents).toMatchObject([{ id: full.consent, status: 'valid' }])
    const again = await bench.tokens(bench.tpp(await bench.control.order(full.tenant)), 'account')
    expect(again.access).not.toBe('')
    const { banks, ...others } = snapshot
    await load(full.tenant, { ...others, banks: { sparebank1: banks.sparebank1 } })
    expect((await at(full.tenant, 'ica-banken')).payments).toEqual([])
    expect((await at(full.tenant, 'sparebank1')).payments).toHaveLength(1)
    await load(full.tenant, snapshot)
    expect((await at(full.tenant, 'ica-banken')).payments[0]?.id).toBe(full.payment)
  })

  it.each<readonly [string, (snapshot: SandboxSnapshot) => unknown, RegExp]>([
    ['another version', (one) => ({ ...one, version: 2 }), /is of version 2; this sandbox loads version 1/],
    ['another format', () => ({ hello: 'world' }), /This is no saved state/],
    [
      'a bank there is not',
      (one) => ({ ...one, banks: { ...one.banks, 'no-bank': {} } }),
      /no-bank, which this sandbox/,
    ],
    [
      'a part that does not fit',
      (one) => ({ ...one, banks: { ...one.banks, 'ica-banken': { payments: { x: { id: 5 } }, baskets: {} } } }),
      /The part of ica-banken does not fit/,
    ],
    ['a switch there is not', (one) => ({ ...one, switches: { 'ica-banken': ['no-such'] } }), /switches on no-such/],
    [
      'a fault there is not',
      (one) => ({ ...one, faults: [{ bank: 'ica-banken', fault: 'no-such' }] }),
      /There is no fault no-such/,
    ],
    [
      'too many things',
      (one) => {
        const [[id, payment] = ['', {}]] = Object.entries(
          (one.banks['ica-banken'] as { payments: Record<string, object> }).payments,
        )
        const payments = Object.fromEntries(Array.from({ length: 5001 }, (_, index) => [`${id}${index}`, payment]))
        return { ...one, banks: { 'ica-banken': { payments, baskets: {} } } }
      },
      /more than 5000 payments/,
    ],
  ])('with %s is refused, and nothing of it loaded', async (_name, change, message) => {
    const before = await snapshotOf(full.tenant)
    const { status, json } = await load(full.tenant, change(before))
    expect(status).toBe(400)
    expect((json as { message: string }).message).toMatch(message)
    expect({ ...(await snapshotOf(full.tenant)), savedAt: '' }).toEqual({ ...before, savedAt: '' })
  })
})

describe('a reset', () => {
  it('of one bank leaves the others alone', async () => {
    const snapshot = await snapshotOf(full.tenant)
    const tenant = 'PSDSE-FINA-reset'
    await load(tenant, snapshot)
    await bench.control.moveClock(tenant, 60)
    expect((await bench.control.send('POST', `/tenants/${tenant}/reset?bank=sparebank1`)).status).toBe(204)
    expect((await at(tenant, 'sparebank1')).payments).toEqual([])
    expect((await at(tenant, 'ica-banken')).payments).toHaveLength(1)
    expect((await stateOf(tenant)).offsetSeconds).toBe(60)
    await bench.control.send('POST', `/tenants/${tenant}/reset`)
    expect((await at(tenant, 'ica-banken')).payments).toEqual([])
    expect((await stateOf(tenant)).offsetSeconds).toBe(0)
    expect((await bench.control.send('POST', `/tenants/${tenant}/reset?bank=no-bank`)).status).toBe(404)
  })
})
