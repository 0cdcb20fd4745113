import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signedHeaders, spareBank1Style } from '#sandbox/testing/http-signer.ts'
import { openSigningBench, type SigningBench, type SigningTpp } from '#sandbox/testing/signing-bench.ts'
import { testTpp } from '#sandbox/testing/test-tpp.ts'
import { codeOf, operation, payment, redirectOf, send } from './testing/payment-counter.ts'

let bench: SigningBench
let tpp: SigningTpp
beforeAll(async () => {
  bench = await openSigningBench('sparebank1', spareBank1Style)
})
beforeEach(async () => {
  tpp = await bench.tpp()
})
afterAll(() => bench.close())

const headersOf = ({ seal }: SigningTpp): Record<string, string> =>
  signedHeaders(seal, spareBank1Style, { 'content-type': 'application/json' }, JSON.stringify(payment()))

describe('a signature', () => {
  it('must cover what it covers when it is sent', async () => {
    const answer = await tpp.call(operation, {
      body: payment(),
      sent: { 'psu-id': 'ola.nordmann' },
      headers: ['date', 'digest', 'x-request-id'],
    })
    expect(codeOf(answer)).toBe('FORBIDDEN')
    expect(await bench.control.lastReason(tpp.organizationIdentifier)).toContain('headers does not list psu-id')
  })

  it('must be of the TPP on the connection', async () => {
    const { seal } = await bench.tpp()
    expect(codeOf(await tpp.call(operation, { body: payment(), seal }))).toBe('FORBIDDEN')
  })

  it("may be made with the connection's own key", async () => {
    const seal = await bench.order(tpp.organizationIdentifier, { kind: 'QWAC' })
    const answer = await tpp.call(operation, { body: payment(), seal, algorithm: 'ecdsa-sha256' })
    expect(redirectOf(answer)).toContain('/tap?')
  })

  it('may stand in an encoded-word', async () => {
    const headers = headersOf(tpp)
    const wrapped = `=?utf-8?B?${Buffer.from(headers.signature ?? '').toString('base64')}?=`
    const answer = await tpp.connection.call(operation, {
      body: payment(),
      headers: { ...headers, signature: wrapped },
    })
    expect(answer.status).toBe(401)
    expect(redirectOf(answer)).toContain('/tap?')
  })

  it('does without the client certificate of the connection nowhere', async () => {
    const headers = headersOf(tpp)
    const bare = testTpp(bench.sandbox.running, bench.documented, null, 'sparebank1')
    expect(codeOf(await bare.call(operation, { body: payment(), headers }))).toBe('FORBIDDEN')
    bare.close()
  })
})

describe('the page', () => {
  it('speaks the locale of its link, runs nothing and takes no form from elsewhere', async () => {
    const body = payment({ creditorName: '<img src=x>' })
    const page = redirectOf(await send(tpp, body, { headers: { 'accept-language': 'nb-NO, no; q=1.0' } }))
    expect(page).toMatch(/&locale=nb-NO, no; q=1.0$/)
    const html = await (await fetch(page)).text()
    expect(html).toContain('<html lang="nb">')
    expect(html).toContain('Godkjenn betaling')
    expect(html).not.toMatch(/<img|<script/)
    const { origin, searchParams } = new URL(page)
    expect(await (await fetch(page.replace('nb-NO', 'en'))).text()).toContain('Approve payment')
    const form = new URLSearchParams({
      state: searchParams.get('state') ?? '',
      'PSU-ID': 'ola.nordmann',
      method: 'bankid',
    })
    const post = (from: string) =>
      fetch(`${origin}/tap`, { method: 'POST', body: form, headers: { origin: from }, redirect: 'manual' })
    expect((await post('https://evil.example')).status).toBe(403)
    expect((await post(origin)).status).toBe(303)
    expect((await post(origin)).status).toBe(410)
  })
})
