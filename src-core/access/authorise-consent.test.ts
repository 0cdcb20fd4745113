/** One consent or payment authorised by the links of the bank's answers: metadata, code and token over mutual TLS, or the bank's page. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import {
  type Bench,
  browse,
  everything,
  faultOf,
  openBench,
  type Received,
  type Reply,
  startTestBank,
  type TestBank,
} from '../../test/access/access-bench.ts'
import { authoriseConsent } from './authorise-consent.ts'
import { freeCallback } from './free-callback.ts'
import { refreshGrant } from './refresh-grant.ts'

let bank: TestBank
let bench: Bench
let returnUri: string
let metadata: Record<string, unknown>
/** What the answer to the creation links to. */
let links: Record<string, unknown>
let other: (request: Received) => Reply | null

const issuer = () => `${bank.origin}/as/psd2`
const metadataUrl = () => `${bank.origin}/.well-known/oauth-authorization-server/as/psd2`
const thumbprint = () => Buffer.from(bank.client.sha256, 'hex').toString('base64url')
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.canary-signature`

beforeEach(async () => {
  bank = await startTestBank()
  bench = openBench(bank)
  returnUri = await freeCallback('bank-of-georgia')
  links = { scaOAuth: { href: metadataUrl() }, scaRedirect: { href: `${bank.origin}/page` } }
  other = () => null
  metadata = {
    issuer: issuer(),
    authorization_endpoint: `${bank.origin}/as/authorize?tenant=psd2`,
    token_endpoint: `${bank.origin}/as/public-token`,
    mtls_endpoint_aliases: { token_endpoint: `${bank.origin}/as/token` },
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }
  bank.answer = (request) => other(request) ?? answer(request)
})
afterEach(async () => {
  await bench.close()
  await bank.close()
})

function answer({ path, form, method }: Received): Reply {
  const url = new URL(path, bank.origin)
  if (url.pathname === '/v1/consents')
    return { status: 201, body: { consentId: 'c-1', consentStatus: 'received', _links: links } }
  if (url.pathname.startsWith('/.well-known/')) return { status: 200, body: metadata }
  if (url.pathname === '/page') return { status: 302, headers: { Location: returnUri } }
  if (url.pathname === '/as/authorize') {
    const back = new URL(url.searchParams.get('redirect_uri')!)
    const fields = { code: 'code-canary', state: url.searchParams.get('state')!, iss: issuer() }
    for (const [name, value] of Object.entries(fields)) back.searchParams.set(name, value)
    return { status: 302, headers: { Location: back.href } }
  }
  if (url.pathname === '/as/token') {
    const count = form.get('grant_type') === 'refresh_token' ? 2 : 1
    const access = jwt({ cnf: { 'x5t#S256': thumbprint() }, canary: count })
    return {
      status: 200,
      body: { access_token: access, refresh_token: `refresh-canary-${count}`, token_type: 'Bearer', expires_in: 600 },
    }
  }
  return { status: method === 'GET' ? 200 : 201, body: {} }
}

async function create(change: object = {}): Promise<string> {
  await bench.call({
    bank: 'bank-of-georgia',
    operation: 'bog-consent-create',
    parameters: { 'PSU-IP-Address': '192.0.2.1', 'TPP-Redirect-URI': returnUri },
    body: JSON.stringify({ recurringIndicator: true, validUntil: '2027-01-01', frequencyPerDay: 4 }),
    insist: true,
    ...change,
  })
  return (await bench.parts.resources.list())[0]!.id
}

async function run(consent: string): Promise<AuthoriseEvent[]> {
  const seen: AuthoriseEvent[] = []
  const wanted = { consent, parameters: {}, decision: 'approve' as const, timeout: 10 }
  for await (const event of authoriseConsent(wanted, bench.parts)) {
    seen.push(event)
    if (event.type === 'open') void browse(event.url, bank.ca)
  }
  return seen
}
const sent = (path: string) => bank.received.filter((one) => new URL(one.path, bank.origin).pathname === path)

describe('by the metadata of the authorisation server', () => {
  it('gives a grant of the one consent, over the same identity and the one send path', async () => {
    const consent = await create()
    const seen = await run(consent)
    expect(seen.map(({ type }) => type)).toEqual(['open', 'callback', 'grant'])
    const asked = new URL((seen[0] as { url: string }).url)
    expect(asked.origin + asked.pathname).toBe(`${bank.origin}/as/authorize`)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      tenant: 'psd2',
      response_type: 'code',
      client_id: 'PSDSE-FINA-00001',
      redirect_uri: returnUri,
      scope: 'AIS:c-1',
      code_challenge_method: 'S256',
    })
    const [token, ...more] = sent('/as/token')
    expect(more).toEqual([])
    expect(sent('/as/public-token')).toEqual([])
    expect(token).toMatchObject({ method: 'POST', certificate: bank.client.sha256 })
    expect(Object.fromEntries(token!.form)).toMatchObject({
      grant_type: 'authorization_code',
      client_id: 'PSDSE-FINA-00001',
      code: 'code-canary',
      redirect_uri: returnUri,
    })
    const verifier = token!.form.get('code_verifier')!
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(asked.searchParams.get('code_challenge'))
    const last = seen[2] as Extract<AuthoriseEvent, { type: 'grant' }>
    expect(last.grant).toMatchObject({
      scope: 'AIS:c-1',
      consent,
      refreshable: true,
      refreshTokenExpiresAt: null,
      binding: { sha256: bank.client.sha256, matches: true },
    })
    // Metadata and token are in history like every call, with the secrets taken out, and unsigned.
    const names = bench.exchanges.map(({ operation }) => operation)
    expect(names).toEqual(['bog-consent-create', 'oauth-server-metadata', 'oauth-server-token'])
    expect(bench.exchanges.slice(1).every(({ signature }) => signature === null)).toBe(true)
    expect(sent(new URL(metadataUrl()).pathname)[0]).toMatchObject({ certificate: bank.client.sha256 })
    const kept = `${await everything(bank.data)}${JSON.stringify(bench.exchanges)}${JSON.stringify(seen.slice(1))}`
    expect(kept).not.toMatch(new RegExp(`canary|${verifier}`))
  })

  it('gives a token that calls use and that can be refreshed where it came from', async () => {
    const consent = await create()
    const seen = await run(consent)
    const { grant } = seen[2] as Extract<AuthoriseEvent, { type: 'grant' }>
    const exchange = await bench.call({
      bank: 'bank-of-georgia',
      operation: 'bog-accounts-list',
      parameters: { 'Consent-ID': 'c-1', 'PSU-IP-Address': '192.0.2.1' },
    })
    expect(exchange.response?.status).toBe(200)
    expect(bank.received.at(-1)!.headers.authorization).toMatch(/^Bearer e30\./)
    const lock = <Result>(_: string, work: () => Promise<Result>) => work()
    await refreshGrant(grant.id, bench.parts, bench.parts.registrations, bench.parts.book, lock)
    expect(sent('/as/token').map(({ form }) => form.get('refresh_token'))).toEqual([null, 'refresh-canary-1'])
    expect((await bench.parts.book.tokens(grant.id)).refreshToken).toBe('refresh-canary-2')
  })

  it.each<[string, () => void, RegExp]>([
    ['an issuer that is another server', () => (metadata.issuer = 'https://other.example/as/psd2'), /issuer/],
    ['another issuer on the same server', () => (metadata.issuer = `${bank.origin}/as/other`), /issuer/],
    [
      'a token endpoint without TLS',
      () => (metadata.mtls_endpoint_aliases = { token_endpoint: 'http://a/t' }),
      /https/,
    ],
    ['no authorisation endpoint', () => delete metadata.authorization_endpoint, /authorization_endpoint/],
    ['no S256', () => (metadata.code_challenge_methods_supported = ['plain']), /S256/],
    ['another status', () => (other = ({ path }) => (path.includes('well-known') ? { status: 404 } : null)), /404/],
  ])('is refused with %s, and nobody is sent there', async (_, change, words) => {
    const consent = await create()
    change()
    const fault = await faultOf(run(consent))
    expect(fault.code).toBe('ACCESS_LINK')
    expect(fault.message).toMatch(words)
    expect(sent('/as/authorize')).toEqual([])
    expect(sent('/as/token')).toEqual([])
    expect(await bench.parts.flows.list()).toEqual([])
  })

  it.each([['http://127.0.0.1/x'], ['https://a@127.0.0.1/x'], ['file:///etc/passwd'], ['/relative']])(
    'is not asked at %s',
    async (href) => {
      links = { scaOAuth: { href } }
      const consent = await create()
      const before = bank.received.length
      expect((await faultOf(run(consent))).code).toBe('ACCESS_LINK')
      expect(bank.received).toHaveLength(before)
    },
  )

  it.each([
    ['without the issuer it promised', (back: URL) => back.searchParams.delete('iss')],
    ['with another issuer', (back: URL) => back.searchParams.set('iss', 'https://evil.example')],
  ])('takes no callback %s', async (_, change) => {
    const consent = await create()
    other = (request) => {
      const made = answer(request)
      if (!request.path.startsWith('/as/authorize')) return null
      const back = new URL(made.headers!.Location!)
      change(back)
      return { status: 302, headers: { Location: back.href } }
    }
    expect((await faultOf(run(consent))).code).toBe('ACCESS_CALLBACK')
    expect(sent('/as/token')).toEqual([])
  })
})

describe('by other links', () => {
  it('goes to the bank’s page where there is no server, and ends with the return', async () => {
    links = { scaRedirect: { href: `${bank.origin}/page` } }
    const seen = await run(await create())
    expect(seen.map(({ type }) => type)).toEqual(['open', 'returned'])
    expect(await bench.parts.flows.list()).toEqual([])
  })

  it('starts an authorisation per signer where the creation started none', async () => {
    links = { startAuthorisation: { href: `${bank.origin}/v1/consents/c-1/authorisations` } }
    let count = 0
    other = ({ path, method }) => {
      if (method !== 'POST' || path !== '/v1/consents/c-1/authorisations') return null
      count += 1
      const href = `/v1/consents/c-1/authorisations/a-${count}`
      return {
        status: 201,
        body: {
          authorisationId: `a-${count}`,
          scaStatus: 'received',
          _links: { scaRedirect: { href: `${bank.origin}/page` }, scaStatus: { href } },
        },
      }
    }
    const consent = await create()
    for (const psu of ['anna-signer', 'bert-signer']) {
      const wanted = { consent, parameters: { 'PSU-ID': psu }, decision: 'approve' as const, timeout: 10 }
      for await (const event of authoriseConsent(wanted, bench.parts))
        if (event.type === 'open') void browse(event.url, bank.ca)
    }
    expect((await bench.parts.resources.find(consent)).authorisations).toMatchObject([
      { id: 'a-1', status: 'received', customer: 'ann••••••••' },
      { id: 'a-2', status: 'received', customer: 'ber••••••••' },
    ])
    const again = { consent, authorisation: 'a-1', parameters: {}, decision: 'approve' as const, timeout: 10 }
    for await (const event of authoriseConsent(again, bench.parts))
      if (event.type === 'open') void browse(event.url, bank.ca)
    expect(count).toBe(2)
    expect(bank.received.find(({ path }) => path.endsWith('/authorisations'))!.headers['tpp-redirect-uri']).toBe(
      returnUri,
    )
  })

  it('says so where there are none, and where the start is refused', async () => {
    links = { self: { href: '/x' } }
    const consent = await create()
    expect(await faultOf(run(consent))).toMatchObject({ code: 'ACCESS_LINK', details: { links: ['self'] } })
    await bench.parts.resources.keepSecrets(consent, {
      psu: null,
      authorisations: {},
      links: { startAuthorisation: '/v1/consents/c-1/authorisations' },
    })
    other = ({ path }) => (path.endsWith('/authorisations') ? { status: 409, body: {} } : null)
    expect(await faultOf(run(consent))).toMatchObject({ code: 'ACCESS_LINK', details: { status: 409 } })
  })

  it('asks the server a person set where no link leads anywhere', async () => {
    links = { self: { href: '/x' } }
    const consent = await create()
    const banks: typeof bench.parts.banks = {
      async at(id, environment) {
        const found = await bench.parts.banks.at(id, environment)
        const urls = { 'authorization-server': metadataUrl() }
        return { ...found, environment: (name) => ({ ...found.environment(name), urls }) }
      },
    }
    const wanted = { consent, parameters: {}, decision: 'approve' as const, timeout: 10 }
    const seen: string[] = []
    for await (const event of authoriseConsent(wanted, { ...bench.parts, banks })) {
      seen.push(event.type)
      if (event.type === 'open') void browse(event.url, bank.ca)
    }
    expect(seen).toEqual(['open', 'callback', 'grant'])
  })

  it('opens the page of a bank that has nothing else', async () => {
    links = { scaRedirect: { href: `${bank.origin}/page` } }
    other = ({ path }) =>
      path.endsWith('/confirmation-of-funds')
        ? { status: 201, body: { consentId: 7, consentStatus: 'accepted', _links: links } }
        : null
    await bench.call({
      bank: 'salt-edge',
      operation: 'salt-edge-cof-consent-create',
      parameters: { provider_code: 'demo_bank', 'TPP-Redirect-Preferred': 'true', 'TPP-Redirect-URI': returnUri },
      body: '{}',
      insist: true,
    })
    const seen = await run('7')
    expect(seen.map(({ type }) => type)).toEqual(['open', 'returned'])
  })

  it('opens the page that the answer of a created payment leads to, and sends nothing again', async () => {
    links = { scaRedirect: { href: `${bank.origin}/page`, verbs: ['GET'] } }
    const path = '/v1/payments/sepa-credit-transfers'
    other = (request) =>
      request.path === path
        ? { status: 201, body: { paymentId: 'enc!!1==', transactionStatus: 'RCVD', _links: links } }
        : null
    await bench.call({
      bank: 'sparebank1',
      operation: 'sb1-sct-payment-create',
      parameters: { 'PSU-Context': 'PRIVATE', 'TPP-Redirect-URI': returnUri },
      body: '{}',
      insist: true,
    })
    const seen = await run('enc!!1==')
    expect(seen.map(({ type }) => type)).toEqual(['open', 'returned'])
    expect(sent(path)).toHaveLength(1)
  })
})
