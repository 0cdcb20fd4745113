/** Faults on the way to a token: a refresh whose answer is lost, and browsers that are sent elsewhere. */

import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FaultBench, openFaultBench } from '#sandbox/testing/fault-bench.ts'
import { rawExchange } from '#sandbox/testing/raw-client.ts'

let at: FaultBench
beforeAll(async () => {
  at = await openFaultBench()
})
beforeEach(() => at.set())
afterAll(() => at.close())

const refresh = (token: string) =>
  at.raw('ica-oauth-token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: at.identity.organizationIdentifier,
      refresh_token: token,
    }).toString(),
  })

describe('the answer of a refresh', () => {
  it('is lost after the token was spent', async () => {
    await at.set({ fault: 'lost-refresh-answer', times: 1 })
    const { refresh: token } = await at.bench.tokens(at.tpp, 'account')
    // The exchange of the code went through: it is no refresh.
    expect(await refresh(token)).toMatchObject({ ending: 'ECONNRESET', head: '' })
    expect((await at.log())[0]).toMatchObject({ status: 0, faults: ['lost-refresh-answer'] })
    const again = await refresh(token)
    expect(again.status).toBe(400)
    expect(JSON.parse(again.body.toString('utf8'))).toMatchObject({ error: 'invalid_grant' })
  })

  it('is not lost where the refresh is refused: nothing was spent', async () => {
    await at.set({ fault: 'lost-refresh-answer', times: 1 })
    expect((await refresh('unknown')).status).toBe(400)
    const { refresh: token } = await at.bench.tokens(at.tpp, 'account')
    expect((await refresh(token)).ending).toBe('ECONNRESET')
  })
})

describe('a browser', () => {
  it('comes back without state', async () => {
    await at.set({ fault: 'missing-state' })
    const back = await at.bench.callback(at.tpp)
    expect(back.searchParams.get('code')).not.toBeNull()
    expect(back.searchParams.has('state')).toBe(false)
    expect((await at.log())[0]?.faults).toEqual(['missing-state'])
  })

  it('comes back where nobody asked for', async () => {
    await at.set({ fault: 'redirect-other-uri', times: 1 })
    const back = await at.bench.callback(at.tpp)
    expect(back.pathname).toBe('/callback/not-asked-for')
    expect(back.searchParams.get('state')).toBe('st')
    expect((await at.bench.callback(at.tpp)).pathname).toBe('/callback')
  })

  it('is sent to another origin, which notes what it was shown', async () => {
    const page = at.bench.authorizeUrl(at.tpp)
    await at.set({ fault: 'redirect-elsewhere', times: 1 })
    const answer = await fetch(page, { redirect: 'manual' })
    const target = new URL(answer.headers.get('location') ?? '')
    expect([answer.status, target.protocol]).toEqual([302, 'http:'])
    expect(target.port).not.toBe(page.port)
    const seen = await new Promise((resolve, reject) => {
      const call = httpRequest(target, { headers: { cookie: 'a=b' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      call.on('error', reject).end()
    })
    expect(seen).toBe(200)
    expect((await at.log())[0]?.reason).toContain('showed cookie')
  })
})

describe('a call', () => {
  it('is sent to another origin, which notes what it was shown', async () => {
    await at.set({ fault: 'redirect-elsewhere', operation: 'ica-accounts-list' })
    const { status, head } = await at.accounts()
    const url = /^location: (\S+)/im.exec(head)?.[1] ?? ''
    expect([status, url.slice(0, 20)]).toEqual([302, 'https://127.0.0.1:'.padEnd(18) + url.slice(18, 20)])
    const ca = readFileSync(at.bench.sandbox.running.ca, 'utf8')
    await rawExchange({ url, ca }, {})
    expect((await at.log())[0]).toMatchObject({ clientCertificate: null, faults: ['redirect-elsewhere'] })
    expect((await at.log())[0]?.reason).toContain('showed nothing')
    await rawExchange({ url, ca, identity: at.identity }, { headers: { authorization: 'Bearer x', 'psu-id': '1' } })
    const [entry] = await at.log()
    expect(entry?.reason).toContain('showed the client certificate, authorization, psu-id')
    expect(entry?.clientCertificate).toMatch(/^[0-9a-f]{64}$/)
  })
})
