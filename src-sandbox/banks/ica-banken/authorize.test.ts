import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'
import { anna, callbackUri, makeVerifier, type TestTpp, urlOf } from '#sandbox/testing/test-tpp.ts'

let bench: TestBench
let tpp: TestTpp
beforeAll(async () => {
  bench = await openBench()
  tpp = await bench.registered()
})
afterAll(() => bench.close())

const open = (url: URL, headers: Record<string, string> = { accept: 'text/html' }): Promise<Response> =>
  fetch(url, { headers, redirect: 'manual' })

describe('the page', () => {
  it('names bank, sandbox, TPP and scope, and runs nothing', async () => {
    const response = await open(bench.authorizeUrl(tpp))
    const html = await response.text()
    for (const text of ['ICA Banken', 'Local sandbox', tpp.organizationIdentifier, 'Read your accounts'])
      expect(html).toContain(text)
    for (const button of ['Mobile BankID', 'Personal device', 'Card and device', 'Deny'])
      expect(html).toContain(`>${button}</button>`)
    expect(html).not.toContain('<script')
    expect(html).not.toContain(anna)
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self' https://tpp.example; frame-ancestors 'none'; base-uri 'none'",
    )
    const style = await fetch(new URL('/sandbox.css', response.url))
    expect(style.headers.get('content-type')).toContain('text/css')
  })

  it('escapes what a client sends', async () => {
    const html = await (await open(bench.authorizeUrl(tpp, { query: { client_id: '<img src=x>' } }))).text()
    expect(html).not.toContain('<img')
  })

  it('refuses another Host', async () => {
    const url = new URL(urlOf(bench.sandbox.running, 'authorize'))
    const { request } = await import('node:http')
    const status = await new Promise((resolve) => {
      request(
        { host: '127.0.0.1', port: url.port, path: '/sandbox.css', headers: { host: 'rebind.example' } },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      ).end()
    })
    expect(status).toBe(421)
  })
})

describe('a signature', () => {
  it('sends code, state and issuer to the callback', async () => {
    const back = await bench.callback(tpp)
    expect(back.origin + back.pathname).toBe(callbackUri)
    expect(back.searchParams.get('code')).toMatch(/^[\w-]{32}$/)
    expect(back.searchParams.get('state')).toBe('st')
    expect(back.searchParams.get('iss')).toBe(urlOf(bench.sandbox.running, 'authorize'))
  })

  it('keeps state out where none was sent', async () => {
    expect((await bench.callback(tpp, { query: { state: null } })).searchParams.has('state')).toBe(false)
  })

  it('works once per page and not from another page', async () => {
    const url = bench.authorizeUrl(tpp)
    const html = await (await open(url)).text()
    const transaction = /name="transaction" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const post = (origin?: string) =>
      fetch(`${url.origin}${url.pathname}`, {
        method: 'POST',
        redirect: 'manual',
        headers: origin ? { origin } : {},
        body: new URLSearchParams({ transaction, method: 'personal-device' }),
      })
    expect((await post('https://evil.example')).status).toBe(403)
    expect((await post(url.origin)).status).toBe(303)
    expect((await post(url.origin)).status).toBe(400)
  })

  it('can be declined', async () => {
    const back = await bench.callback(tpp, {}, 'deny')
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.has('code')).toBe(false)
  })

  it('is never given by Nils Nej', async () => {
    const back = await bench.callback(tpp, { ssn: '198809239711' })
    expect(back.searchParams.get('error')).toBe('access_denied')
  })
})

describe('requests without a trusted sender get no redirect', () => {
  it('unknown client', async () => {
    const url = bench.authorizeUrl(tpp, { query: { client_id: 'PSDSE-FINA-00000' } })
    const page = await open(url)
    expect(page.status).toBe(401)
    expect(page.headers.get('content-type')).toContain('text/html')
    const row = await open(url, { accept: 'application/json' })
    expect(await row.json()).toEqual({ title: 'UnAuthorized', code: 'Invalid Client', detail: 'Client_id not valid' })
  })

  it.each([['https://evil.example/callback'], [`${callbackUri}/`], [`${callbackUri}?x=1`], [null]])(
    'redirect_uri %s',
    async (uri) => {
      const response = await open(bench.authorizeUrl(tpp, { query: { redirect_uri: uri } }))
      expect(response.status).toBe(400)
      expect(response.headers.has('location')).toBe(false)
    },
  )
})

describe('wrong requests go to the callback', () => {
  it.each([
    ['response_type', 'token', 'unsupported_response_type'],
    ['response_type', null, 'unsupported_response_type'],
    ['scope', null, 'invalid_request'],
    ['scope', 'everything', 'invalid_scope'],
    ['scope', 'basket: 1', 'invalid_scope'],
    ['scope', 'basket:unknown', 'invalid_scope'],
    ['scope', 'payment_delete:unknown', 'invalid_scope'],
    ['ssn', '19720202238', 'invalid_request'],
    ['ssn', null, 'invalid_request'],
    ['ssn', '190001010000', 'access_denied'],
    ['code_challenge_method', 'S256', 'invalid_request'],
    ['code_challenge', 'short', 'invalid_request'],
  ])('%s=%s', async (name, value, error) => {
    const response = await open(bench.authorizeUrl(tpp, { query: { [name]: value } }))
    expect(response.status).toBe(302)
    const back = new URL(response.headers.get('location') ?? '')
    expect(back.origin + back.pathname).toBe(callbackUri)
    expect(back.searchParams.get('error')).toBe(error)
    expect(back.searchParams.get('state')).toBe('st')
  })

  it('plain PKCE', async () => {
    const query = { code_challenge: makeVerifier().challenge, code_challenge_method: 'plain' }
    const response = await open(bench.authorizeUrl(tpp, { query }))
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request')
  })

  it('a parameter twice', async () => {
    const url = bench.authorizeUrl(tpp)
    url.searchParams.append('scope', 'payment')
    const response = await open(url)
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request')
  })
})

describe('the control API as the customer', () => {
  const act = (body: object) => bench.control.send('POST', '/banks/ica-banken/psu', body)

  it('signs and opens a loopback callback with GET', async () => {
    const seen: string[] = []
    const callback = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`)
      response.end('done')
    })
    await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve))
    const redirectUri = `http://127.0.0.1:${(callback.address() as AddressInfo).port}/cb`
    const local = bench.tpp(await bench.identity())
    const oid = local.organizationIdentifier
    await local.call('ica-register-client', { body: { oid, callbackUri: [redirectUri] } })
    const url = bench.authorizeUrl(local, { redirectUri }).href
    const { json } = await act({ url, psu: 'Anna Andersson', method: 'Card and device' })
    callback.close()
    expect(json).toEqual({ redirectedTo: redirectUri, callbackStatus: 200 })
    expect(seen[0]).toMatch(/^GET \/cb\?code=[\w-]+&state=st&iss=/)
    expect(await bench.control.lastReason(oid)).toContain('Card and device')
  })

  it('does not call a callback elsewhere', async () => {
    const { json } = await act({ url: bench.authorizeUrl(tpp).href, psu: 'Anna Andersson', decision: 'deny' })
    expect(json).toEqual({ redirectedTo: callbackUri, callbackStatus: null })
    expect(await bench.control.lastReason(tpp.organizationIdentifier)).toContain('declined')
  })

  it('can walk away', async () => {
    const { json } = await act({ url: bench.authorizeUrl(tpp).href, psu: 'Anna Andersson', decision: 'abandon' })
    expect(json).toEqual({ redirectedTo: null, callbackStatus: null })
  })

  it.each([
    ['a foreign page', { url: 'http://127.0.0.1:1/oauth/v2/authorize' }, 400, 'url_foreign'],
    ['an unknown customer', { psu: 'Nobody' }, 404, 'customer_unknown'],
    ['another customer than asked for', { psu: 'Nils Nej' }, 409, 'customer_other'],
    ['an unknown way to sign', { method: 'Fax' }, 400, 'method_unknown'],
  ])('refuses %s', async (_name, change, status, error) => {
    const answer = await act({ url: bench.authorizeUrl(tpp).href, psu: 'Anna Andersson', ...change })
    expect(answer).toMatchObject({ status, json: { error } })
  })

  it('says what an error page says', async () => {
    const url = bench.authorizeUrl(tpp, { query: { redirect_uri: 'https://evil.example' } }).href
    const { json } = await act({ url, psu: 'Anna Andersson' })
    expect((json as { message: string }).message).toContain('not one of the registered callbacks')
  })
})
