import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BogBench, openBogBench } from '#sandbox/testing/bog-bench.ts'
import { consentBody, consentDesk, newConsent, nino } from '#sandbox/testing/bog-desk.ts'
import { type BogTpp, bogCallback, clickPage } from '#sandbox/testing/bog-tpp.ts'
import { makeVerifier } from '#sandbox/testing/test-tpp.ts'

let bench: BogBench
let tpp: BogTpp
beforeAll(async () => {
  bench = await openBogBench()
  tpp = await bench.tpp()
})
afterAll(() => bench.close())

const urls = () => bench.sandbox.running.banks[0]?.urls ?? {}
const issuer = () => new URL(urls()['authorization-server'] ?? '').origin

async function codeFor(client: BogTpp, scope: string) {
  const { verifier, challenge } = makeVerifier()
  const clicked = await clickPage(await client.authorizeUrl(scope, challenge), nino)
  const back = new URL(clicked.headers.get('location') ?? 'about:blank')
  const fields = {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: bogCallback,
    code_verifier: verifier,
  }
  return { back, fields, status: clicked.status }
}

it('describes itself as RFC 8414 and RFC 8705 want it', async () => {
  const { json, status } = await tpp.raw({ method: 'GET', path: urls()['authorization-server'] ?? '' })
  expect(status).toBe(200)
  expect(json).toMatchObject({
    issuer: issuer(),
    authorization_endpoint: `${urls().pages}/oauth2/authorize`,
    token_endpoint: `${issuer()}/oauth2/token`,
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['tls_client_auth'],
    tls_client_certificate_bound_access_tokens: true,
    authorization_response_iss_parameter_supported: true,
  })
  expect(urls().pages).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

describe('the page', () => {
  it('names bank, sandbox, TPP and what is asked for, and runs nothing', async () => {
    const id = await newConsent(tpp)
    const response = await fetch(await tpp.authorizeUrl(`AIS:${id}`, makeVerifier().challenge))
    const html = await response.text()
    for (const text of [
      'Bank of Georgia',
      'Local sandbox',
      tpp.organizationIdentifier,
      'ანგარიშებზე წვდომა',
      'ნინო ბერიძე',
    ])
      expect(html).toContain(text)
    for (const button of ['Mobile bank', 'SMS code']) expect(html).toContain(`>${button}</button>`)
    expect(html).not.toContain('<script')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('lets only those choose who may authorise', async () => {
    const id = await newConsent(tpp, consentBody([4]))
    const html = await (await fetch(await tpp.authorizeUrl(`AIS:${id}`, makeVerifier().challenge))).text()
    expect(html.match(/<option value="([^"]+)"/g)).toHaveLength(2)
    expect((await tpp.authorise(`AIS:${id}`, nino)).error).toBe('page-400')
  })

  it('sends code, state and issuer to the callback, once', async () => {
    const { back, status } = await codeFor(tpp, `AIS:${await newConsent(tpp)}`)
    expect(status).toBe(303)
    expect(back.origin + back.pathname).toBe(bogCallback)
    expect(Object.fromEntries(back.searchParams)).toEqual({
      code: expect.stringMatching(/^[\w-]{32}$/),
      state: 'st',
      iss: issuer(),
    })
  })

  it('works once, and not from another page', async () => {
    const url = await tpp.authorizeUrl(`AIS:${await newConsent(tpp)}`, makeVerifier().challenge)
    const post = async (origin: string) => {
      const transaction = /name="transaction" value="([^"]+)"/.exec(await (await fetch(url)).text())?.[1] ?? ''
      const body = () => new URLSearchParams({ transaction, 'PSU-ID': nino, method: 'sms' })
      const send = () =>
        fetch(url.origin + url.pathname, { method: 'POST', redirect: 'manual', headers: { origin }, body: body() })
      return [(await send()).status, (await send()).status]
    }
    expect(await post('https://evil.example')).toEqual([403, 403])
    expect(await post(url.origin)).toEqual([303, 400])
  })

  it.each([
    ['an unknown client', { client_id: 'PSDGE-NBG-nobody' }],
    ['a callback that is no address', { redirect_uri: 'javascript:alert(1)' }],
    ['a callback in clear elsewhere', { redirect_uri: 'http://tpp.example/callback' }],
    ['no callback', { redirect_uri: null }],
  ])('sends nobody anywhere for %s', async (_name, query) => {
    const url = await tpp.authorizeUrl(`AIS:${await newConsent(tpp)}`, makeVerifier().challenge, query)
    const response = await fetch(url, { redirect: 'manual' })
    expect([response.status, response.headers.has('location')]).toEqual([400, false])
  })

  it('keeps to the callback the TPP announced, but for a port of this machine', async () => {
    const open = async (announced: string, asked: string) => {
      const id = await newConsent(tpp, consentBody(), { headers: { 'tpp-redirect-uri': announced } })
      const query = { redirect_uri: asked }
      return (await fetch(await tpp.authorizeUrl(`AIS:${id}`, makeVerifier().challenge, query), { redirect: 'manual' }))
        .status
    }
    expect(await open('https://tpp.example/cb', 'https://tpp.example/other')).toBe(400)
    expect(await open('https://tpp.example/cb', 'https://tpp.example/cb')).toBe(200)
    expect(await open('http://127.0.0.1:4000/cb', 'http://127.0.0.1:5000/cb')).toBe(200)
    expect(await open('http://127.0.0.1:4000/cb', 'http://127.0.0.1:5000/other')).toBe(400)
  })

  it.each([
    ['no challenge', { code_challenge: null }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['a scope of nothing', { scope: 'AIS:unknown' }, 'invalid_scope'],
    ['a scope of another kind', { scope: 'accounts' }, 'invalid_scope'],
  ])('sends the error to the callback for %s', async (_name, query, error) => {
    const url = await tpp.authorizeUrl(`AIS:${await newConsent(tpp)}`, makeVerifier().challenge, query)
    const response = await fetch(url, { redirect: 'manual' })
    const back = new URL(response.headers.get('location') ?? 'about:blank')
    expect([response.status, back.searchParams.get('error'), back.searchParams.get('iss')]).toEqual([
      302,
      error,
      issuer(),
    ])
  })
})

describe('the token endpoint', () => {
  it('takes a code once, with its verifier, callback and client', async () => {
    const id = await newConsent(tpp)
    const { fields } = await codeFor(tpp, `AIS:${id}`)
    const first = await tpp.token(fields)
    expect(first.json).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: `AIS:${id}` })
    const second = await tpp.token(fields)
    expect(second).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
    const read = await tpp.call('bog-accounts-list', {
      token: String(first.json.access_token),
      headers: { 'consent-id': id },
    })
    expect(read.json).toMatchObject({ tppMessages: [{ code: 'TOKEN_INVALID' }] })
  })

  it.each([
    ['another verifier', { code_verifier: 'a'.repeat(43) }, 'invalid_grant'],
    ['another callback', { redirect_uri: 'https://tpp.example/other' }, 'invalid_grant'],
    ['another client id', { client_id: 'PSDGE-NBG-other' }, 'invalid_client'],
    ['a grant there is not', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s', async (_name, change, error) => {
    const { fields } = await codeFor(tpp, `AIS:${await newConsent(tpp)}`)
    expect((await tpp.token({ ...fields, ...change })).json.error).toBe(error)
  })

  it('refuses a client without its certificate', async () => {
    const { fields } = await codeFor(tpp, `AIS:${await newConsent(tpp)}`)
    const answer = await bench.open(null).token({ ...fields, client_id: tpp.organizationIdentifier })
    expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } })
  })

  it('refuses a code after 30 seconds', async () => {
    const own = await bench.tpp()
    const { fields } = await codeFor(own, `AIS:${await newConsent(own)}`)
    await own.moveClock(31)
    expect((await own.token(fields)).json.error).toBe('invalid_grant')
  })

  it('refreshes once per token, and withdraws everything on a second use', async () => {
    const { id, refresh } = await consentDesk(tpp)
    const again = (token: string) => tpp.token({ grant_type: 'refresh_token', refresh_token: token })
    const renewed = await again(refresh)
    expect(renewed.status).toBe(200)
    expect(renewed.json.refresh_token).not.toBe(refresh)
    expect((await again(refresh)).json.error).toBe('invalid_grant')
    const read = await tpp.call('bog-accounts-list', {
      token: String(renewed.json.access_token),
      headers: { 'consent-id': id },
    })
    expect(read.json).toMatchObject({ tppMessages: [{ code: 'TOKEN_INVALID' }] })
  })

  it('binds tokens to the certificate', async () => {
    const { id, token } = await consentDesk(tpp)
    const renewed = bench.open(await bench.order(tpp.organizationIdentifier))
    const answer = await renewed.call('bog-accounts-list', { token, headers: { 'consent-id': id } })
    expect(answer.json).toMatchObject({ tppMessages: [{ code: 'TOKEN_INVALID' }] })
  })
})

it('lets the control API click for a named customer, back to a callback of this machine', async () => {
  const seen: string[] = []
  const callback = createServer((request, response) => {
    seen.push(request.url ?? '')
    response.end('done')
  })
  await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve))
  const redirectUri = `http://127.0.0.1:${(callback.address() as AddressInfo).port}/cb`
  const id = await newConsent(tpp, consentBody([4]))
  const url = await tpp.authorizeUrl(`AIS:${id}`, makeVerifier().challenge, { redirect_uri: redirectUri })
  const act = (psu: string) => bench.control.send('POST', '/banks/bank-of-georgia/psu', { url: url.href, psu })
  const wrong = await act('Nino Beridze')
  expect(wrong.status).toBe(409)
  const { json } = await act('Ana Kapanadze')
  callback.close()
  expect(json).toEqual({ redirectedTo: redirectUri, callbackStatus: 200 })
  expect(seen[0]).toMatch(/^\/cb\?code=[\w-]+&state=st&iss=/)
  expect(await bench.control.lastReason(tpp.organizationIdentifier)).toContain('Ana Kapanadze authorised')
})
