/** A draft is resolved in an order that asks nobody for what is not needed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DraftInput, draftSchema } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import type { BankShelf } from '../banks/bank-shelf.ts'
import { createBankShelf } from '../banks/bank-shelf.ts'
import { type PrepareParts, prepare } from './prepare.ts'
import type { SendingGrant, SendingIdentity } from './prepared.ts'

let folder: string
let banks: BankShelf

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-prepare-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  banks = createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const identity: SendingIdentity = {
  id: 'abcdefgh',
  name: 'test',
  kind: 'QWAC',
  subject: 'CN=test',
  organizationIdentifier: 'PSDSE-FINA-1',
  roles: ['PSP_AI'],
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2030-01-01T00:00:00.000Z',
  sha256: '00',
}
const grant: SendingGrant = {
  id: 'g-1',
  scope: 'account',
  identity: identity.id,
  accessToken: 'token-canary',
  accessTokenExpiresAt: '2030-01-01T00:00:00.000Z',
}
const sandboxUrls = {
  registration: 'https://127.0.0.1:1',
  authorize: 'http://127.0.0.1:2',
  token: 'https://127.0.0.1:3',
  resource: 'https://127.0.0.1:4/',
}

/** Writes down whom preparing asked, and for what. */
function asking() {
  const asked: string[] = []
  const parts: PrepareParts = {
    banks,
    endpoints: (bank, environment) => {
      asked.push(`endpoints ${environment}`)
      const found = bank.environment(environment)
      return Promise.resolve({ urls: found.kind === 'local-sandbox' ? sandboxUrls : found.urls, ca: [] })
    },
    identity: (ref) => {
      asked.push(`identity ${ref ?? 'any'}`)
      return Promise.resolve(identity)
    },
    grant: (wish) => {
      asked.push(`grant ${wish.scope} ${wish.identity ?? 'any'} ${wish.id ?? 'any'}`)
      return Promise.resolve(grant)
    },
  }
  const run = (draft: Omit<DraftInput, 'bank'> & { bank?: string }) =>
    prepare(draftSchema.parse({ bank: 'ica-banken', ...draft }), parts)
  return { asked, parts, run }
}

const header = (headers: readonly (readonly [string, string])[], name: string) =>
  headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value)

describe('a draft', () => {
  it('becomes a call with everything resolved', async () => {
    const { asked, run } = asking()
    const prepared = await run({ operation: 'ica-account-details', parameters: { accountId: "o'hara ä" } })
    expect(asked).toEqual(['identity any', 'endpoints sandbox', 'grant account abcdefgh any'])
    expect(prepared).toMatchObject({ scope: 'account', identity, grant, body: null, findings: [] })
    expect(prepared.url).toBe("https://127.0.0.1:4/Accounts/o'hara%20%C3%A4")
    expect(prepared.operation.id).toBe('ica-account-details')
  })

  it('spells its address as a URL does, so that what is shown is what is sent', async () => {
    const { run } = asking()
    const prepared = await run({
      operation: 'ica-account-transactions-paginated',
      parameters: { accountId: 'a', PageToken: "it's" },
    })
    expect(prepared.url).toBe(new URL(prepared.url).href)
    expect(prepared.url).toContain('%27')
  })

  it('gets a fresh request id each time, unless it brings its own', async () => {
    const { run } = asking()
    const ids = await Promise.all(
      [1, 2, 3].map(async () => header((await run({ operation: 'ica-accounts-list' })).headers, 'x-request-id')),
    )
    expect(new Set(ids.flat()).size).toBe(3)
    for (const id of ids.flat())
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const own = await run({ operation: 'ica-accounts-list', headers: { 'x-request-ID': 'mine' } })
    expect(header(own.headers, 'x-request-id')).toEqual(['mine'])
    const uuid = '99391c7e-ad88-49ec-a2ad-99ddcb1f7721'
    const placed = await run({ operation: 'ica-accounts-list', parameters: { 'X-REQUEST-ID': uuid } })
    expect(header(placed.headers, 'x-request-id')).toEqual([uuid])
    const registration = await run({
      operation: 'ica-register-client',
      body: '{"oid":"x","callbackUri":["https://a.example"]}',
    })
    expect(header(registration.headers, 'x-request-id')).toEqual([])
  })

  it('asks for a scope with the id of its path in it', async () => {
    const { asked, run } = asking()
    const prepared = await run({ operation: 'ica-signing-basket-sign', parameters: { basketId: 'b 1' }, grant: 'g-7' })
    expect(prepared.scope).toBe('basket:b 1')
    expect(asked).toContain('grant basket:b 1 abcdefgh g-7')
    await run({
      operation: 'ica-payment-delete',
      parameters: { paymentProduct: 'bankgiro', paymentId: 'p-9' },
    })
    expect(asked).toContain('grant payment_delete:p-9 abcdefgh any')
  })

  it('takes an empty body for none', async () => {
    const { run } = asking()
    const prepared = await run({
      operation: 'ica-payment-create',
      parameters: { paymentProduct: 'bankgiro' },
      body: '',
      insist: true,
    })
    expect(prepared.body).toBeNull()
    expect(prepared.findings.map(({ id }) => id)).toEqual(['body-invalid'])
  })

  it('collects what it broke on purpose', async () => {
    const { run } = asking()
    const prepared = await run({
      operation: 'ica-payment-create',
      parameters: { paymentProduct: 'gold' },
      body: '{}',
      insist: true,
    })
    expect(prepared.findings.map(({ id }) => id)).toEqual(['parameter-invalid', 'body-invalid'])
    expect(prepared.url).toBe('https://127.0.0.1:4/Payments/gold')
  })
})

describe('what is not asked', () => {
  it('the identity and the grant, where the draft wants none', async () => {
    const { asked, run } = asking()
    const prepared = await run({ operation: 'ica-accounts-list', identity: 'none', grant: 'none' })
    expect(prepared).toMatchObject({ identity: null, grant: null, scope: 'account' })
    expect(asked).toEqual(['endpoints sandbox'])
  })

  it('a grant, where the draft brings its own Authorization header', async () => {
    const { asked, run } = asking()
    const prepared = await run({ operation: 'ica-accounts-list', headers: { AUTHORIZATION: 'Bearer own' } })
    expect(prepared.grant).toBeNull()
    expect(asked.some((each) => each.startsWith('grant'))).toBe(false)
  })

  it('a grant, where the operation needs none', async () => {
    const { asked, run } = asking()
    const body = 'grant_type=refresh_token&client_id=a&refresh_token=b'
    expect((await run({ operation: 'ica-oauth-token-refresh', body })).scope).toBeNull()
    expect(asked).toEqual(['identity any', 'endpoints sandbox'])
  })

  it('anybody, before a broken draft is refused', async () => {
    const { asked, run } = asking()
    await expect(run({ operation: 'ica-account-details' })).rejects.toMatchObject({ code: 'PARAMETER_MISSING' })
    await expect(run({ operation: 'ica-accounts-list', body: 'x' })).rejects.toMatchObject({ code: 'BODY_INVALID' })
    await expect(run({ operation: 'ica-acounts-list' })).rejects.toMatchObject({ code: 'OPERATION_UNKNOWN' })
    await expect(run({ operation: 'ica-accounts-list', environment: 'x' })).rejects.toMatchObject({
      code: 'ENVIRONMENT_UNKNOWN',
    })
    await expect(run({ bank: 'x', operation: 'y' })).rejects.toMatchObject({ code: 'BANK_UNKNOWN' })
    expect(asked).toEqual([])
  })
})

describe('what is not called', () => {
  it.each(['production', 'bank-sandbox'])(
    'what the bank does not offer in %s, before anybody is asked',
    async (environment) => {
      const { asked, run } = asking()
      const body = JSON.stringify((await banks.open('ica-banken')).operation('ica-funds-confirmation').body?.example)
      for (const insist of [false, true])
        await expect(run({ operation: 'ica-funds-confirmation', environment, body, insist })).rejects.toMatchObject({
          code: 'OPERATION_NOT_OFFERED',
          message: expect.stringMatching(/nothing was sent.*section 1\.3/),
          details: { bank: 'ica-banken', operation: 'ica-funds-confirmation' },
        })
      expect(asked).toEqual([])
      await expect(run({ operation: 'ica-funds-confirmation', body })).resolves.toMatchObject({ scope: 'payment' })
    },
  )

  it("a page of the customer's browser", async () => {
    const { asked, run } = asking()
    await expect(run({ operation: 'ica-oauth-authorize', insist: true })).rejects.toMatchObject({
      code: 'OPERATION_NOT_OFFERED',
      message: expect.stringContaining('tpp access authorise ica-banken'),
    })
    expect(asked).toEqual([])
  })

  it('an environment without an address', async () => {
    const { run } = asking()
    for (const environment of ['bank-sandbox', 'production'])
      await expect(run({ operation: 'ica-accounts-list', environment })).rejects.toMatchObject({
        code: 'ENVIRONMENT_INCOMPLETE',
        message: expect.stringMatching(/no URL for its host "resource"/),
        details: { bank: 'ica-banken', environment, host: 'resource' },
      })
    const body = '{"oid":"x","callbackUri":["https://a.example"]}'
    expect((await run({ operation: 'ica-register-client', environment: 'production', body })).url).toBe(
      'https://mtls-apimgw-icabanken.ica.se/t/icabanken.tenant/mtls_client/2.0.0/client',
    )
  })

  it('a bank whose sandbox, identity or grant is missing', async () => {
    const { parts } = asking()
    const draft = draftSchema.parse({ bank: 'ica-banken', operation: 'ica-accounts-list' })
    for (const code of ['SANDBOX_DOWN', 'IDENTITY_MISSING', 'GRANT_MISSING'] as const) {
      const refuse = () => Promise.reject(new Fault(code))
      const broken = {
        ...parts,
        ...(code === 'SANDBOX_DOWN'
          ? { endpoints: refuse }
          : code === 'GRANT_MISSING'
            ? { grant: refuse }
            : { identity: refuse }),
      }
      await expect(prepare(draft, broken)).rejects.toMatchObject({ code })
    }
  })
})
