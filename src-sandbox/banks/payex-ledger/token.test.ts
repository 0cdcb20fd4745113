import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPayexDesk, type PayexDesk } from '#sandbox/testing/payex-desk.ts'
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'

let desk: PayexDesk
beforeAll(async () => {
  desk = await openPayexDesk()
})
afterAll(() => desk.close())

const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(desk.page(path), { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) })
const html = async (url: string): Promise<string> => await (await fetch(url)).text()

describe('tokens', () => {
  it('are among what is known of each customer, and good at once', async () => {
    const { json } = await desk.control.send('GET', '/banks/payex-ledger/customers')
    const customers = json as SandboxCustomer[]
    expect(new Set(customers.map(({ parameters }) => parameters.ownerNo))).toEqual(new Set(['1001', '1002', '1003']))
    const ditte = customers.find(({ name }) => name === 'Ditte Dansk')?.parameters
    const one = await desk.open('ditte-dansk')
    const answer = await one.call('payex-begin-mitid-dk-authentication', { token: ditte?.token ?? '' })
    expect(answer.json).toMatchObject({ nationalConsumerIdentifier: '1507079942' })
    const { json: log } = await desk.control.send('GET', '/tenants/-/log')
    expect((log as { operation: string }[])[0]?.operation).toBe('payex-begin-mitid-dk-authentication')
  })

  it('come new from their page', async () => {
    const text = await html(desk.page('/tokens'))
    expect(text).toContain('1003 Ditte Dansk')
    const one = await desk.open('sven-svensson')
    const given = async (): Promise<string> => {
      const page = await (
        await send('/tokens', { customer: 'sven-svensson', tenant: one.tenant, method: 'begin' })
      ).text()
      return /<dt>Token<\/dt><dd>([^<]+)/.exec(page)?.[1] ?? ''
    }
    const [first, second] = [await given(), await given()]
    expect(first).not.toBe(second)
    expect((await one.call('payex-begin-bankid-se-authentication', { token: first })).status).toBe(204)
    expect(await desk.control.lastReason(one.tenant)).toContain('Sven Svensson')
    expect((await send('/tokens', { customer: 'sven-svensson', tenant: 'PSDSE-FINA-unknown' })).status).toBe(404)
    expect((await send('/tokens', { customer: 'nobody' })).status).toBe(400)
  })

  it('expire after a day; the one a customer always has begins anew', async () => {
    const one = await desk.open('sven-svensson')
    const standing = { token: 'payex~sven-svensson' }
    await one.call('payex-begin-bankid-se-authentication')
    await one.clock(86_401)
    expect((await one.call('payex-begin-bankid-se-authentication')).status).toBe(404)
    await desk.control.moveClock('-', 0)
    await one.call('payex-begin-bankid-se-authentication', standing)
    await one.call('payex-cancel-pre-authorization', standing)
    expect((await one.call('payex-begin-bankid-se-authentication', standing)).status).toBe(409)
    await desk.control.moveClock('-', 86_401)
    expect((await one.call('payex-begin-bankid-se-authentication', standing)).status).toBe(204)
    await desk.control.moveClock('-', 0)
  })

  it('create no tenant', async () => {
    const one = await desk.open('sven-svensson')
    const token = 'payex~sven-svensson~w~PSDSE-FINA-made-up'
    expect((await one.call('payex-begin-bankid-se-authentication', { token })).status).toBe(204)
    const { json } = await desk.control.send('GET', '/tenants/PSDSE-FINA-made-up/log')
    expect(json).toEqual([])
  })

  it('are in no log', async () => {
    const one = await desk.open('nora-nordmann')
    await one.identify()
    const text = JSON.stringify((await desk.control.send('GET', `/tenants/${one.tenant}/log`)).json)
    expect(text).toContain('payex-verify-bankid-no-authentication')
    for (const secret of [one.token, '29090816894']) expect(text).not.toContain(secret)
  })
})
