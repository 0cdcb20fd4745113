import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BogBench, openBogBench } from '#sandbox/testing/bog-bench.ts'
import { consentBody } from '#sandbox/testing/bog-desk.ts'
import type { BogTpp } from '#sandbox/testing/bog-tpp.ts'

let bench: BogBench
let tpp: BogTpp
beforeAll(async () => {
  bench = await openBogBench()
  tpp = await bench.tpp()
})
afterAll(() => bench.close())

const send = (method: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  tpp.raw({ method, path: `/psd2${path}`, headers: { 'x-request-id': randomUUID(), ...headers } })

const codeOf = ({ json }: { json: Readonly<Record<string, unknown>> }): unknown =>
  (json.tppMessages as { code: string }[] | undefined)?.[0]?.code

it.each([
  ['DELETE', '/v1/accounts/x', 405, 'SERVICE_INVALID'],
  ['DELETE', '/v1/accounts/x/balances', 405, 'SERVICE_INVALID'],
  ['POST', '/v1/accounts/x', 405, 'SERVICE_INVALID'],
  ['PUT', '/v1/consents/x', 405, 'SERVICE_INVALID'],
  ['PATCH', '/v1/payments/domestic/x', 405, 'SERVICE_INVALID'],
  ['GET', '/v1/payments/domestic/x', 404, 'RESOURCE_UNKNOWN'],
  ['GET', '/v1/payments/sepa-credit-transfers/x', 404, 'PRODUCT_UNKNOWN'],
  ['GET', '/v1/transfers/domestic/x', 404, 'RESOURCE_UNKNOWN'],
  ['GET', '/v1/payments/x/status', 404, 'PRODUCT_UNKNOWN'],
  ['GET', '/v1/nothing', 404, 'RESOURCE_UNKNOWN'],
  ['GET', '/v2/accounts', 404, 'RESOURCE_UNKNOWN'],
])('%s %s is answered with %i %s', async (method, path, status, code) => {
  const answer = await send(method, path)
  expect([answer.status, codeOf(answer)]).toEqual([status, code])
})

describe('an error', () => {
  it('is tppMessages, or a problem for who takes nothing else', async () => {
    const both = await send('GET', '/v1/consents/x', { accept: 'application/json, application/problem+json' })
    expect(both.headers['content-type']).toBe('application/json')
    const problem = await send('GET', '/v1/consents/x', { accept: 'application/problem+json' })
    expect(problem.headers['content-type']).toBe('application/problem+json')
    expect(problem.json).toEqual({
      type: 'https://berlingroup.com/error-codes/RESOURCE_UNKNOWN',
      title: 'Not Found',
      detail: 'There is no such consent.',
      code: 'RESOURCE_UNKNOWN',
    })
  })

  it.each([
    ['a body that is no JSON', '{"access":', undefined],
    ['a text for a boolean', consentBody([1], { recurringIndicator: 'true' }), 'recurringIndicator'],
    ['a field left out', consentBody([1], { combinedServiceIndicator: undefined }), 'combinedServiceIndicator'],
    ['five reads a day', consentBody([1], { frequencyPerDay: 5 }), 'frequencyPerDay'],
    ['several reads of a consent for one', consentBody([1], { recurringIndicator: false }), 'frequencyPerDay'],
    ['no access', consentBody([], { access: {} }), 'access'],
  ])('of form names the place: %s', async (_name, body, path) => {
    const { json } = await tpp.call('bog-consent-create', { body })
    expect(json).toMatchObject({ tppMessages: [{ code: 'FORMAT_ERROR', ...(path && { path }) }] })
  })

  it.each([
    ['PSU-IP-Address', { 'psu-ip-address': null }],
    ['PSU-IP-Address', { 'psu-ip-address': '192.0.2.300' }],
    ['PSU-Geo-Location', { 'psu-geo-location': 'GEO:41.7;44.8' }],
    ['X-Request-ID', { 'x-request-id': '1' }],
  ])('of a header names it: %s', async (name, headers) => {
    const { json } = await tpp.call('bog-consent-create', { body: consentBody(), headers })
    const [message] = json.tppMessages as { code: string; path: string }[]
    expect([message?.code, message?.path.toLowerCase()]).toEqual(['FORMAT_ERROR', name.toLowerCase()])
  })
})

it('takes a certificate that is too early for a wrong one, not for an expired one', async () => {
  const early = await bench.tpp({ profile: 'not-yet-valid' })
  expect(codeOf(await early.call('bog-consent-create', { body: consentBody() }))).toBe('CERTIFICATE_INVALID')
})

it('keeps tenants apart, and forgets one that is reset', async () => {
  const { json } = await tpp.call('bog-consent-create', { body: consentBody() })
  const parameters = { consentId: String(json.consentId) }
  const other = await bench.tpp()
  expect((await other.call('bog-consent-status', { parameters })).status).toBe(403)
  await bench.control.send('POST', `/tenants/${tpp.organizationIdentifier}/reset`)
  expect((await tpp.call('bog-consent-status', { parameters })).status).toBe(404)
})
