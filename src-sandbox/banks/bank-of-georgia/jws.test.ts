import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BogBench, openBogBench } from '#sandbox/testing/bog-bench.ts'
import { consentBody } from '#sandbox/testing/bog-desk.ts'
import type { BogTpp } from '#sandbox/testing/bog-tpp.ts'
import type { JwsAlgorithm, JwsOptions } from '#sandbox/testing/jws-signer.ts'
import type { TestIdentity } from '#sandbox/testing/test-control.ts'

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

let bench: BogBench
let tpp: BogTpp
let seal: TestIdentity
beforeAll(async () => {
  bench = await openBogBench()
  tpp = await bench.tpp()
  await tpp.switchOn('signature-mandatory')
  seal = await bench.order(tpp.organizationIdentifier, { kind: 'QSEAL' }, { algorithm: rsa })
})
afterAll(() => bench.close())

const create = (sign: JwsOptions & { by?: TestIdentity }, tamper = {}) =>
  tpp.call('bog-consent-create', { body: consentBody(), sign, tamper })

const codeOf = async (answer: ReturnType<typeof create>): Promise<string | undefined> => {
  const { status, json } = await answer
  return status === 201 ? 'created' : (json.tppMessages as { code: string }[])[0]?.code
}

describe('a good signature', () => {
  it.each<[JwsAlgorithm, () => TestIdentity | undefined]>([
    ['ES256', () => undefined],
    ['RS256', () => seal],
    ['PS256', () => seal],
  ])('%s is taken', async (algorithm, by) => {
    const signer = by()
    expect(await codeOf(create({ algorithm, ...(signer && { by: signer }) }))).toBe('created')
  })

  it('may cover more, in any order, and the request target', async () => {
    const signed = ['(request-target)', 'x-request-id', 'psu-ip-address', 'digest']
    expect(await codeOf(create({ signed }))).toBe('created')
  })

  it('is shown in the log with what it was verified over', async () => {
    await create({})
    const { json } = await bench.control.send('GET', `/tenants/${tpp.organizationIdentifier}/log`)
    const [newest] = json as { signature: { verdict: string; algorithm: string; signingString: string } }[]
    expect(newest?.signature).toMatchObject({ verdict: 'good', algorithm: 'ES256' })
    expect(newest?.signature.signingString).toMatch(/^[\w-]+\.digest: SHA-256=\S+\nx-request-id: [0-9a-f-]{36}$/)
  })
})

describe('a bad signature', () => {
  const other = 'http://uri.etsi.org/19182/ObjectIdByURI'
  const pars = ['digest', 'x-request-id']
  const mId = 'http://uri.etsi.org/19182/HttpHeaders'

  it.each<[string, JwsOptions]>([
    ['an algorithm that does not fit the key', { fields: { alg: 'RS256' } }],
    ['no algorithm', { fields: { alg: 'none' } }],
    ['an encoded payload', { fields: { b64: true } }],
    ['crit without b64', { fields: { crit: ['sigD'] } }],
    ['crit with what nobody knows', { fields: { crit: ['b64', 'sigD', 'exp'], exp: 1 } }],
    ['crit with what is not there', { fields: { crit: ['b64', 'sigD', 'sigT'], sigT: undefined } }],
    ['another mechanism', { fields: { sigD: { pars, mId: other } } }],
    ['a header listed twice', { fields: { sigD: { pars: ['digest', 'x-request-id', 'Digest'], mId } } }],
    ['a header in another order than signed', { fields: { sigD: { pars: ['x-request-id', 'digest'], mId } } }],
    ['x-request-id left out', { signed: ['digest'] }],
    ['a header that was not sent', { signed: ['digest', 'x-request-id', 'x-nothing'] }],
    ['the digest of another certificate', { fields: { 'x5t#S256': 'A'.repeat(43) } }],
    ['x5c that is no certificate', { fields: { x5c: ['AAAA'] } }],
  ])('with %s is refused', async (_name, sign) => {
    expect(await codeOf(create(sign))).toBe('SIGNATURE_INVALID')
  })

  it.each([
    ['a changed header', { headers: { 'x-request-id': '9b45fa6c-ff61-4e73-aec8-5e805388ce7f' } }],
    ['a changed body', { body: JSON.stringify(consentBody([1])) }],
    ['a body written differently', { body: JSON.stringify(consentBody(), null, 1) }],
    ['another digest', { headers: { digest: 'SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=' } }],
    ['no detached form', { headers: { 'x-jws-signature': 'a.b.c' } }],
    ['nothing readable', { headers: { 'x-jws-signature': 'signature' } }],
  ])('with %s is refused', async (_name, tamper) => {
    expect(await codeOf(create({}, tamper))).toBe('SIGNATURE_INVALID')
  })

  it('of no certificate, an expired one or another organisation’s says so', async () => {
    const oid = tpp.organizationIdentifier
    expect(await codeOf(create({ fields: { x5c: undefined, 'x5t#S256': undefined } }))).toBe('CERTIFICATE_MISSING')
    const by = async (organisation: string, profile: 'expired' | 'valid' | 'other-ca') =>
      codeOf(create({ by: await bench.order(organisation, { profile }) }))
    expect(await by(oid, 'expired')).toBe('CERTIFICATE_EXPIRED')
    expect(await by(oid, 'other-ca')).toBe('CERTIFICATE_INVALID')
    expect(await by(bench.newName(), 'valid')).toBe('CERTIFICATE_INVALID')
  })

  it('made another day is out of time', async () => {
    expect(await codeOf(create({ fields: { sigT: '2024-02-29T23:59:59Z' } }))).toBe('TIMESTAMP_INVALID')
    expect(await codeOf(create({ fields: { sigT: undefined, iat: 1, crit: ['b64', 'sigD'] } }))).toBe(
      'TIMESTAMP_INVALID',
    )
  })
})
