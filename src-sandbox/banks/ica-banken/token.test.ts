import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'
import { callbackUri, makeVerifier, type TestTpp } from '#sandbox/testing/test-tpp.ts'

let bench: TestBench
let tpp: TestTpp
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(async () => {
  tpp = await bench.registered()
})
afterAll(() => bench.close())

const day = 86_400

async function codeFields(change: Record<string, string> = {}) {
  const { verifier, challenge } = makeVerifier()
  const back = await bench.callback(tpp, { challenge })
  return {
    grant_type: 'authorization_code',
    client_id: tpp.organizationIdentifier,
    code: back.searchParams.get('code') ?? '',
    redirect_uri: callbackUri,
    code_verifier: verifier,
    ...change,
  }
}

const refresh = (token: string, client = tpp) =>
  client.token({ grant_type: 'refresh_token', client_id: client.organizationIdentifier, refresh_token: token })

const accounts = (token: string, client = tpp) => client.call('ica-accounts-list', { token })

describe('a code', () => {
  it('brings tokens that open the accounts', async () => {
    const answer = await tpp.token(await codeFields())
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ token_type: 'bearer', expires_in: 600, scope: 'account' })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect((await accounts(String(answer.json.access_token))).status).toBe(200)
  })

  it('works without PKCE, which is optional', async () => {
    const code = (await bench.callback(tpp)).searchParams.get('code') ?? ''
    const fields = { grant_type: 'authorization_code', client_id: tpp.organizationIdentifier, code }
    expect((await tpp.token({ ...fields, redirect_uri: callbackUri, code_verifier: 'x'.repeat(43) })).status).toBe(400)
    expect((await tpp.token({ ...fields, redirect_uri: callbackUri })).status).toBe(200)
  })

  it('is over after 30 seconds', async () => {
    const fields = await codeFields()
    await bench.control.moveClock(tpp.organizationIdentifier, 31)
    const { status, json } = await tpp.token(fields)
    expect(status).toBe(400)
    expect(json.error).toBe('invalid_grant')
    expect(json.error_description).toContain('31 s old')
  })

  it('works once, and a second use revokes what the first one brought', async () => {
    const fields = await codeFields()
    const first = await tpp.token(fields)
    const again = await tpp.token(fields)
    expect(again.json.error).toBe('invalid_grant')
    expect((await accounts(String(first.json.access_token))).status).toBe(401)
    expect((await refresh(String(first.json.refresh_token))).json.error).toBe('invalid_grant')
  })

  it.each([
    ['another verifier', { code_verifier: 'a'.repeat(43) }, 'invalid_grant'],
    ['another callback', { redirect_uri: `${callbackUri}2` }, 'invalid_grant'],
    ['an unknown code', { code: 'unknown' }, 'invalid_grant'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['no code', { code: '' }, 'invalid_request'],
  ])('is refused with %s', async (_name, change, error) => {
    const { status, json } = await tpp.token(await codeFields(change))
    expect(status).toBe(400)
    expect(json.error).toBe(error)
  })

  it('is refused without the verifier it was asked with', async () => {
    const { code_verifier: _verifier, ...fields } = await codeFields()
    expect((await tpp.token(fields)).json.error_description).toContain('code_verifier is missing')
  })
})

describe('the client', () => {
  const invalidClient = { code: 'Invalid Client', detail: 'Client_id not valid', error: 'invalid_client' }

  it('is not the one of the certificate', async () => {
    const other = await bench.registered()
    const { status, json } = await other.token(await codeFields())
    expect(status).toBe(401)
    expect(json).toMatchObject(invalidClient)
  })

  it('cannot redeem the code of another client', async () => {
    const other = await bench.registered()
    const fields = await codeFields({ client_id: other.organizationIdentifier })
    expect((await other.token(fields)).json.error).toBe('invalid_grant')
  })

  it('has no certificate', async () => {
    const { status, json } = await bench.tpp(null).token(await codeFields())
    expect(status).toBe(401)
    expect(json).toMatchObject(invalidClient)
  })

  it('is not registered', async () => {
    const stranger = bench.tpp(await bench.identity())
    const { json } = await refresh('any', stranger)
    expect(json).toMatchObject(invalidClient)
    expect(json.error_description).toContain('not registered')
  })
})

describe('a refresh token', () => {
  it('rotates, and reuse ends the whole family', async () => {
    const first = await bench.tokens(tpp, 'account')
    const second = await refresh(first.refresh)
    expect(second.status).toBe(200)
    expect(second.json.refresh_token).not.toBe(first.refresh)
    expect((await accounts(String(second.json.access_token))).status).toBe(200)
    expect((await refresh(first.refresh)).json.error).toBe('invalid_grant')
    expect((await refresh(String(second.json.refresh_token))).json.error).toBe('invalid_grant')
    expect((await accounts(String(second.json.access_token))).status).toBe(401)
  })

  it('is taken from the query too, as the bank prints it', async () => {
    const { refresh: token } = await bench.tokens(tpp, 'account')
    const query = { grant_type: 'refresh_token', client_id: tpp.organizationIdentifier, refresh_token: token }
    expect((await tpp.call('ica-oauth-token', { query })).status).toBe(200)
  })

  it('outlives its access token but not the consent', async () => {
    const tokens = await bench.tokens(tpp, 'account')
    await bench.control.moveClock(tpp.organizationIdentifier, 89 * day)
    expect((await accounts(tokens.access)).json.code).toBe('Not Authenticated')
    const next = await refresh(tokens.refresh)
    expect((await accounts(String(next.json.access_token))).status).toBe(200)
    await bench.control.moveClock(tpp.organizationIdentifier, 91 * day)
    const over = await refresh(String(next.json.refresh_token))
    expect(over.status).toBe(401)
    expect(over.json).toMatchObject({ error: 'invalid_grant', code: 'Consent_expired' })
    expect((await accounts(String(next.json.access_token))).json.code).toBe('Consent_expired')
  })

  it('comes back unchanged where the bank is switched so', async () => {
    const { refresh: token } = await bench.tokens(tpp, 'account')
    await bench.control.switchOn(tpp.organizationIdentifier, 'refresh-token-reusable')
    expect((await refresh(token)).json.refresh_token).toBe(token)
    expect((await refresh(token)).status).toBe(200)
  })
})

describe('an access token', () => {
  it('ends after 600 seconds', async () => {
    const { access } = await bench.tokens(tpp, 'account')
    await bench.control.moveClock(tpp.organizationIdentifier, 590)
    expect((await accounts(access)).status).toBe(200)
    await bench.control.moveClock(tpp.organizationIdentifier, 601)
    expect((await accounts(access)).json).toEqual({
      title: 'UnAuthorized',
      code: 'Not Authenticated',
      detail: 'User is not Authenticated',
    })
  })

  it('is bound to the certificate it was issued to', async () => {
    const { access } = await bench.tokens(tpp, 'account')
    const renewed = bench.tpp(await bench.control.order(tpp.organizationIdentifier))
    expect((await accounts(access, renewed)).status).toBe(401)
    expect(await bench.control.lastReason(tpp.organizationIdentifier)).toContain('bound to another certificate')
    expect((await accounts(access, bench.tpp(null))).status).toBe(401)
    expect((await accounts(access)).status).toBe(200)
  })

  it('does not work for another tenant', async () => {
    const { access } = await bench.tokens(tpp, 'account')
    expect((await accounts(access, await bench.registered())).status).toBe(401)
  })
})
