import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logIn, openPayexDesk, type PayexDesk } from '#sandbox/testing/payex-desk.ts'

let desk: PayexDesk
beforeAll(async () => {
  desk = await openPayexDesk()
})
afterAll(() => desk.close())

const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(desk.page(path), { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) })
const html = async (url: string): Promise<string> => await (await fetch(url)).text()
const login = '/curity/login'

describe('identification', () => {
  it('is wanted by nobody before the begin call', async () => {
    expect((await send(login, { customer: 'frida-fraga', method: 'bankid' })).status).toBe(409)
    expect((await fetch(desk.page(`${login}?state=unknown`))).status).toBe(409)
  })

  it('names the customer of the state, and no personal number', async () => {
    const one = await desk.open('nora-nordmann')
    const { json } = await one.call('payex-begin-bankid-no-authentication')
    expect(json).toMatchObject({ nationalConsumerIdentifier: '29090816894', msisdn: '1422678453' })
    const page = await fetch(
      `${desk.page(login)}?state=${String(json.preAuthorizationId)}&redirect_uri=https://shop.example/x`,
    )
    const text = await page.text()
    for (const part of ['Nora Nordmann', 'https://shop.example', 'BankID på denne enheten', 'Avbryt', 'lang="nb"'])
      expect(text).toContain(part)
    expect(text).not.toContain('29090816894')
    expect(text).not.toContain('<script')
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https://shop.example;")
  })

  it('gives code and state, good once and for this pre-authorization', async () => {
    const [one, other] = [await desk.open('nora-nordmann'), await desk.open('nora-nordmann')]
    const { preAuthorizationId } = (await one.call('payex-begin-bankid-no-authentication')).json
    await other.call('payex-begin-bankid-no-authentication')
    const body = Object.fromEntries(await logIn(desk.page(login), 'nora-nordmann', preAuthorizationId))
    expect(body.state).toBe(preAuthorizationId)
    const verify = 'payex-verify-bankid-no-authentication'
    expect((await other.call(verify, { body })).status).toBe(409)
    expect((await one.call(verify, { body: { ...body, code: 'guessed' } })).status).toBe(409)
    expect((await one.call(verify, { body: { code: body.code } })).status).toBe(409)
    expect((await one.call(verify, { body: '' })).status).toBe(409)
    expect((await one.call(verify, { body })).status).toBe(201)
    expect((await one.call(verify, { body })).status).toBe(409)
    expect((await one.call('payex-begin-bankid-no-authentication')).status).toBe(409)
  })

  it('is over after five minutes', async () => {
    const one = await desk.open('sven-svensson')
    await one.call('payex-begin-bankid-se-authentication')
    const body = Object.fromEntries(await logIn(desk.page(login), 'sven-svensson'))
    await one.clock(301)
    expect((await one.call('payex-verify-authentication', { body })).status).toBe(409)
    await one.clock(290)
    expect((await one.call('payex-verify-authentication', { body })).status).toBe(201)
  })

  it('gives no token to who did not get it', async () => {
    const one = await desk.open('sven-svensson')
    expect((await one.call('payex-verify-authentication', { body: { accessToken: 'x' } })).status).toBe(409)
    await one.call('payex-begin-bankid-se-authentication')
    expect((await one.call('payex-verify-authentication', { body: { accessToken: 'x' } })).status).toBe(409)
  })

  it.each([
    ['Nora Nordmann declines', 'nora-nordmann', 'deny'],
    ['Njål Nei always does', 'njal-nei', 'approve'],
  ] as const)('%s', async (_name, customer, decision) => {
    const one = await desk.open(customer)
    const { preAuthorizationId } = (await one.call('payex-begin-bankid-no-authentication')).json
    const state = String(preAuthorizationId)
    const choice = decision === 'deny' ? { decision } : { method: 'bankid' }
    const { headers } = await send(login, { customer, state, redirect_uri: 'https://shop.example/', ...choice })
    expect(headers.get('location')).toBe(`https://shop.example/?error=access_denied&state=${state}`)
  })

  it.each(['ftp://shop.example/', 'http://shop.example/', 'javascript:alert(1)', 'here'])(
    'sends nobody to %s',
    async (target) => {
      const response = await fetch(`${desk.page(login)}?redirect_uri=${encodeURIComponent(target)}`)
      expect(response.status).toBe(400)
      expect((await send(login, { redirect_uri: target, customer: 'sven-svensson' })).status).toBe(400)
    },
  )

  it('is clicked by a named customer, and shows what came back where nobody waits', async () => {
    const one = await desk.open('sven-svensson')
    await one.call('payex-begin-bankid-se-authentication')
    let sent = ''
    const callback = createServer((request, response) => {
      sent = request.url ?? ''
      response.end()
    })
    await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve))
    const redirect = `http://127.0.0.1:${(callback.address() as AddressInfo).port}/back`
    expect(await one.act(`${desk.page(login)}?redirect_uri=${redirect}`)).toEqual({
      redirectedTo: redirect,
      callbackStatus: 200,
    })
    callback.close()
    const accessToken = new URLSearchParams(sent.split('?')[1]).get('accessToken')
    expect((await one.call('payex-verify-authentication', { body: { accessToken } })).status).toBe(201)
    const shown = await html(desk.page('/curity/callback?code=abc&state=%3Cb%3E'))
    expect(shown).toContain('<dd>abc</dd>')
    expect(shown).not.toContain('<b>')
  })
})
