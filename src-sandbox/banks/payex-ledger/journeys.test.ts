import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPayexDesk, type PayexCase, type PayexDesk } from '#sandbox/testing/payex-desk.ts'

let desk: PayexDesk
beforeAll(async () => {
  desk = await openPayexDesk()
})
afterAll(() => desk.close())

type Prefix = 'payex-account-application' | 'payex-limit-upgrade'
const answers = [{ code: 'IsPep', answerCode: 'IsPepNo' }]

const relations = (json: Readonly<Record<string, unknown>>): string[] =>
  (json.operations as { rel: string }[]).map(({ rel }) => rel)

/** From the token to all questions answered. */
async function begun(customer: string, prefix: Prefix): Promise<PayexCase> {
  const one = await desk.open(customer)
  await one.identify()
  expect((await one.call(`${prefix}-create`)).status).toBe(201)
  expect((await one.call(`${prefix}-kyc-answers-create`, { body: { answers } })).status).toBe(201)
  return one
}

async function statusOf(one: PayexCase, prefix: Prefix): Promise<unknown> {
  return (await one.call(`${prefix}-get`)).json.status
}

/** From signed to the end. */
async function finish(one: PayexCase, prefix: Prefix): Promise<void> {
  expect(await statusOf(one, prefix)).toBe('AwaitingVerification')
  expect((await one.call(`${prefix}-verify`)).status).toBe(204)
  expect((await one.call(`${prefix}-get`)).json).toMatchObject({ status: 'Approved', operations: [] })
  const { status, json } = await one.call('payex-redirect-back')
  expect(status).toBe(200)
  expect(await (await fetch(String(json.returnUrl))).text()).toContain('Your application was approved.')
}

describe('Sweden', () => {
  it('PX-J1: a new account, signed by scanning', async () => {
    const one = await desk.open('sven-svensson')
    await one.identify()
    const created = await one.call('payex-account-application-create')
    expect(created.json).toMatchObject({ status: 'AwaitingComplementaryInfo', countryCode: 'SE' })
    expect(relations(created.json)).toEqual(['add-kyc-answers'])
    expect(created.json).not.toHaveProperty('offer')
    await one.call('payex-account-application-kyc-answers-create', { body: { answers } })
    expect((await one.call('payex-account-application-kyc-answers-get')).json).toMatchObject({ answers })
    const ready = (await one.call('payex-account-application-get')).json
    expect(ready).toMatchObject({ status: 'AwaitingSign', offer: { currency: 'SEK', maxCreditLimit: 20_000 } })
    expect(relations(ready)).toEqual(['add-kyc-answers', 'add-sign-bankid-se', 'begin-sign-bankid-se'])
    const order = (await one.call('payex-account-application-sign-bankid-se-create')).json
    expect(order).toMatchObject({ status: 'Pending', hintCode: 'OutstandingTransaction' })
    expect(relations(order)).toEqual(['cancel'])
    expect(await statusOf(one, 'payex-account-application')).toBe('InitilizedDigitalSign')
    const polled: unknown[] = []
    for (const seconds of [3, 6, 9]) {
      await one.clock(seconds)
      const { json } = await one.call('payex-account-application-sign-bankid-se-poll')
      polled.push(json.hintCode ?? json.status)
    }
    expect(polled).toEqual(['Started', 'UserSign', 'Complete'])
    await finish(one, 'payex-account-application')
  })

  it.each(['payex-account-application', 'payex-limit-upgrade'] as const)(
    'PX-J2 and J5: %s, signed on the same device',
    async (prefix) => {
      const one = await begun('sven-svensson', prefix)
      const { json } = await one.call(`${prefix}-begin-sign-bankid-se`)
      expect(json.autoStartToken).toMatch(/^[\w-]{22}$/)
      await one.clock(100)
      expect(await statusOf(one, prefix)).toBe('InitilizedDigitalSign')
      expect(await one.act(json.nativeAppSwitchingUrl)).toEqual({
        redirectedTo: desk.page('/done'),
        callbackStatus: 200,
      })
      await finish(one, prefix)
    },
  )

  it('PX-J5: a higher limit, signed by scanning', async () => {
    const one = await begun('sven-svensson', 'payex-limit-upgrade')
    await one.call('payex-limit-upgrade-sign-bankid-se-create')
    await one.clock(9)
    const { json } = await one.call('payex-limit-upgrade-sign-bankid-se-poll')
    expect(json).toMatchObject({ status: 'Complete', qrCodeImageDataUrl: '', operations: [] })
    await finish(one, 'payex-limit-upgrade')
  })

  it.each(['payex-account-application', 'payex-limit-upgrade'] as const)(
    'PX-J5: cancels the order of %s, then everything',
    async (prefix) => {
      const one = await begun('sven-svensson', prefix)
      await one.call(`${prefix}-sign-bankid-se-create`)
      expect(await one.call(`${prefix}-sign-bankid-se-cancel`)).toMatchObject({ status: 201, json: {} })
      const { json } = await one.call(`${prefix}-sign-bankid-se-poll`)
      expect(json).toMatchObject({ status: 'Failed', hintCode: 'Cancelled' })
      expect(await statusOf(one, prefix)).toBe('SignRejectedOrFailed')
      expect((await one.call(`${prefix}-sign-bankid-se-cancel`)).status).toBe(409)
      expect((await one.call(`${prefix}-sign-bankid-se-create`)).status).toBe(201)
      const cancelled = await one.call('payex-cancel-pre-authorization')
      expect(await (await fetch(String(cancelled.json.returnUrl))).text()).toContain('You have cancelled.')
      expect((await one.call(`${prefix}-get`)).status).toBe(409)
      expect((await one.call('payex-cancel-pre-authorization')).status).toBe(409)
    },
  )
})

describe('Norway and Denmark', () => {
  it.each([
    ['PX-J3', 'payex-limit-upgrade'],
    ['PX-J5', 'payex-account-application'],
  ] as const)('%s: %s in Norway', async (_journey, prefix) => {
    const one = await begun('nora-nordmann', prefix)
    expect(relations((await one.call(`${prefix}-get`)).json)).toEqual(['add-kyc-answers', 'begin-sign-bankid-no'])
    const { json } = await one.call(`${prefix}-begin-sign-bankid-no`)
    await one.act(json.signingUrl)
    await finish(one, prefix)
  })

  it.each(['payex-account-application', 'payex-limit-upgrade'] as const)('PX-J4: %s in Denmark', async (prefix) => {
    const one = await begun('ditte-dansk', prefix)
    const open = (await one.call(`${prefix}-get`)).json
    expect(open.status).toBe('AwaitingComplementaryInfo')
    expect(relations(open)).toEqual(['add-kyc-answers', 'redirect-kalp-dk'])
    const { redirectUrl } = (await one.call(`${prefix}-redirect-kalp-dk`)).json
    expect((await one.call(`${prefix}-redirect-kalp-dk`)).json.redirectUrl).toBe(redirectUrl)
    await one.act(redirectUrl, 'deny')
    expect(await statusOf(one, prefix)).toBe('AwaitingComplementaryInfo')
    await one.act(redirectUrl)
    expect(relations((await one.call(`${prefix}-get`)).json)).toContain('begin-sign-mitid-dk')
    expect((await one.call(`${prefix}-redirect-kalp-dk`)).status).toBe(409)
    await one.act((await one.call(`${prefix}-begin-sign-mitid-dk`)).json.signingUrl)
    await finish(one, prefix)
  })
})

describe('customers', () => {
  it.each([
    ['stina-sovande', 20, 'Pending', 'OutstandingTransaction'],
    ['stina-sovande', 30, 'Failed', 'StartFailed'],
    ['lars-letar', 170, 'Pending', 'Started'],
    ['lars-letar', 180, 'Failed', 'ExpiredTransaction'],
    ['tilda-tveksam', 170, 'Pending', 'UserSign'],
    ['tilda-tveksam', 180, 'Failed', 'ExpiredTransaction'],
    ['ulla-angrar', 9, 'Failed', 'UserCancel'],
    ['cecilia-sparrad', 6, 'Failed', 'CertificateErr'],
    ['kalle-krock', 6, 'Failed', 'Cancelled'],
  ])('%s after %i seconds: %s, %s', async (customer, seconds, status, hintCode) => {
    const one = await begun(customer, 'payex-limit-upgrade')
    await one.call('payex-limit-upgrade-sign-bankid-se-create')
    await one.clock(seconds)
    expect((await one.call('payex-limit-upgrade-sign-bankid-se-poll')).json).toMatchObject({ status, hintCode })
    const failed = status === 'Failed'
    expect(await statusOf(one, 'payex-limit-upgrade')).toBe(failed ? 'SignRejectedOrFailed' : 'InitilizedDigitalSign')
  })

  it('are looked at for an hour, or turned down', async () => {
    const reviewed = await begun('gunnar-granskas', 'payex-limit-upgrade')
    await reviewed.call('payex-limit-upgrade-sign-bankid-se-create')
    await reviewed.clock(10)
    await reviewed.call('payex-limit-upgrade-verify')
    const waiting = (await reviewed.call('payex-limit-upgrade-get')).json
    expect(waiting).toMatchObject({ status: 'AwaitingVerification', operations: [] })
    expect((await reviewed.call('payex-limit-upgrade-verify')).status).toBe(409)
    expect((await reviewed.call('payex-redirect-back')).status).toBe(409)
    await reviewed.clock(10 + 3600)
    expect(await statusOf(reviewed, 'payex-limit-upgrade')).toBe('Approved')

    const rejected = await begun('arne-avslag', 'payex-account-application')
    await rejected.act((await rejected.call('payex-account-application-begin-sign-bankid-no')).json.signingUrl)
    await rejected.call('payex-account-application-verify')
    expect(await statusOf(rejected, 'payex-account-application')).toBe('Rejected')
    expect((await rejected.call('payex-redirect-back')).json.returnUrl).toContain('result=rejected')
    expect((await rejected.call('payex-cancel-pre-authorization')).status).toBe(200)
  })
})
