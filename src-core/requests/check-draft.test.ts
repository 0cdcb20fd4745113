/** One answer tells of a draft what would go out, and everything that is wrong with parameters and body at once. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { draftSchema } from '#shared/contract/requests.ts'
import { type Bench, openBench, startTestBank, type TestBank } from '../../test/access/access-bench.ts'
import { checkDraft } from './check-draft.ts'

let bank: TestBank
let bench: Bench
beforeAll(async () => {
  bank = await startTestBank()
  bench = openBench(bank)
})
afterAll(async () => {
  await bench.close()
  await bank.close()
})

const check = (draft: object) =>
  checkDraft(draftSchema.parse({ bank: 'ica-banken', grant: 'none', ...draft }), bench.sendParts)
const registration = (body: object, more: object = {}) =>
  check({ operation: 'ica-register-client', body: JSON.stringify(body), ...more })

it('finds nothing where nothing is wrong, and sends nothing', async () => {
  const found = await registration({ oid: 'PSDSE-FINA-00001', callbackUri: ['https://tpp.example/callback'] })
  expect(found).toMatchObject({ fault: null, obstacle: null, body: [], request: { method: 'POST' } })
  expect(bank.received).toEqual([])
})

it('tells how it would be signed, and that an unsigned call is not', async () => {
  const { request, signature } = await check({
    bank: 'salt-edge',
    operation: 'salt-edge-cof-consent-create',
    parameters: { provider_code: 'demo_bank', 'TPP-Redirect-Preferred': 'false' },
    body: '{"account":{"iban":"DE2310010010123456789"}}',
  })
  expect(signature?.signedHeaders).toEqual(['digest', 'date', 'x-request-id'])
  const sent = (name: string) => request?.headers.find(([each]) => each.toLowerCase() === name)?.[1]
  expect(signature?.signingString.split('\n')).toEqual(signature?.signedHeaders.map((name) => `${name}: ${sent(name)}`))
  expect((await registration({})).signature).toBeNull()
})

it('says what would go out although it is held back', async () => {
  const found = await registration({ oid: 'PSDSE-FINA-00001', callbackUri: 'https://tpp.example/callback' })
  expect(found).toMatchObject({ fault: { code: 'BODY_INVALID' }, obstacle: null, request: { method: 'POST' } })
  expect(found.body).toEqual([{ pointer: '/callbackUri', message: 'must be array' }])
  expect(found.findings.map(({ id }) => id)).toContain('body-invalid')
})

const payment = (more: object) =>
  check({
    operation: 'ica-payment-create',
    parameters: { paymentProduct: 'nothing' },
    body: '{"debtorAccount":1}',
    ...more,
  })

it.each([
  ['held back', false, 'PARAMETER_INVALID'],
  ['sent on purpose', true, undefined],
])('looks at the body although a parameter is refused first: %s', async (_, insist, code) => {
  const found = await payment({ insist })
  expect(found.fault?.code).toBe(code)
  expect(found.findings.map(({ id }) => id)).toEqual(expect.arrayContaining(['parameter-invalid', 'body-invalid']))
  expect(found.body).toEqual(expect.arrayContaining([expect.objectContaining({ pointer: '/debtorAccount' })]))
})

it('says what stands in the way whatever a person insists on', async () => {
  const found = await payment({ parameters: {} })
  expect(found).toMatchObject({
    fault: { code: 'PARAMETER_MISSING', details: { parameter: 'paymentProduct' } },
    obstacle: { code: 'PARAMETER_MISSING' },
    request: null,
  })
  expect(found.body.length).toBeGreaterThan(0)
})
