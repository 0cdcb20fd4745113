import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPayexDesk, type PayexDesk } from '#sandbox/testing/payex-desk.ts'

let desk: PayexDesk
beforeAll(async () => {
  desk = await openPayexDesk()
})
afterAll(() => desk.close())

const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(desk.page(path), { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) })
const html = async (url: string): Promise<string> => await (await fetch(url)).text()

describe('signing', () => {
  const ready = async () => {
    const one = await desk.open('nora-nordmann')
    await one.identify()
    await one.call('payex-account-application-create')
    await one.call('payex-account-application-kyc-answers-create', {
      body: { answers: [{ code: 'IsPep', answerCode: 'IsPepNo' }] },
    })
    const begin = async () => String((await one.call('payex-account-application-begin-sign-bankid-no')).json.signingUrl)
    return { one, begin }
  }

  it('shows what is signed, and goes back where it was asked to', async () => {
    const { one, begin } = await ready()
    const url = `${await begin()}&redirect_uri=https://shop.example/signed`
    const text = await html(url)
    for (const part of ['Nora Nordmann', 'Kredittkonto, opptil 20000 NOK', 'Signer med BankID'])
      expect(text).toContain(part)
    expect(await one.act(url)).toEqual({ redirectedTo: 'https://shop.example/signed', callbackStatus: null })
    expect((await fetch(url)).status).toBe(409)
  })

  it('fails when it is declined, too old or replaced, and can be begun again', async () => {
    const { one, begin } = await ready()
    const status = async () => (await one.call('payex-account-application-get')).json.status
    const declined = await begin()
    await one.act(declined, 'deny')
    expect(await status()).toBe('SignRejectedOrFailed')
    const old = await begin()
    await one.clock(590)
    expect(await status()).toBe('InitilizedDigitalSign')
    await one.clock(601)
    expect(await status()).toBe('SignRejectedOrFailed')
    expect((await fetch(old)).status).toBe(409)
    const first = await begin()
    await begin()
    expect((await fetch(first)).status).toBe(409)
  })

  it('with BankID waits for the person who opened the app', async () => {
    const one = await desk.open('sven-svensson')
    await one.identify()
    await one.call('payex-limit-upgrade-create')
    await one.call('payex-limit-upgrade-kyc-answers-create', {
      body: { answers: [{ code: 'IsPep', answerCode: 'IsPepNo' }] },
    })
    const { nativeAppSwitchingUrl } = (await one.call('payex-limit-upgrade-sign-bankid-se-create')).json
    await fetch(String(nativeAppSwitchingUrl))
    const poll = async () => (await one.call('payex-limit-upgrade-sign-bankid-se-poll')).json
    expect(await poll()).toMatchObject({ hintCode: 'Started' })
    await one.clock(60)
    expect(await poll()).toMatchObject({ status: 'Pending', hintCode: 'UserSign' })
    await one.act(nativeAppSwitchingUrl, 'deny')
    expect(await poll()).toMatchObject({ status: 'Failed', hintCode: 'UserCancel' })
  })

  it('draws another QR code at each poll', async () => {
    const one = await desk.open('stina-sovande')
    await one.identify()
    await one.call('payex-limit-upgrade-create')
    await one.call('payex-limit-upgrade-kyc-answers-create', {
      body: { answers: [{ code: 'IsPep', answerCode: 'IsPepNo' }] },
    })
    const codes = [(await one.call('payex-limit-upgrade-sign-bankid-se-create')).json.qrCodeImageDataUrl]
    for (let poll = 0; poll < 3; poll += 1)
      codes.push((await one.call('payex-limit-upgrade-sign-bankid-se-poll')).json.qrCodeImageDataUrl)
    expect(new Set(codes).size).toBe(4)
    for (const code of codes) expect(code).toMatch(/^data:image\/png;base64,iVBOR/)
  })

  it('takes no form of another page', async () => {
    const foreign = await send('/signing/session', { session: 'x' }, { origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
  })
})

it('has pages for the terms of the offer', async () => {
  expect(await html(desk.page('/terms/agreement?country=NO'))).toContain('12.25 % a year')
  expect(await html(desk.page('/terms/account?country=DK'))).toContain('15000 DKK')
})
