/** A signed request is as the bank wants it; spoiled in one way, that way is the first difference by name. */
import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SignatureDifferenceId } from '#shared/contract/signature-debug.ts'
import type { HttpSignatureProfile } from '#shared/signing-profile.ts'
import { oneLineName, rfc2253Name } from '../issuer-name.ts'
import type { Header, RequestSigner, SigningRequest } from '../signing-scheme.ts'
import { oneLine, post, received, rfc2253 } from '../testing/http-signature-cases.ts'
import { attribute, createSigningKey, type SigningKey, sampleIssuer } from '../testing/signing-keys.ts'
import type { ReceivedRequest } from '../testing/verify-signature.ts'
import type { DebugRequest, ReadNames } from './debug-request.ts'
import { debugSignature } from './debug-signature.ts'

let rsa: SigningKey
let ec: SigningKey
beforeAll(async () => {
  rsa = await createSigningKey('RSA')
  ec = await createSigningKey('EC')
})

const subject = [[attribute('2.5.4.6', 'SE')], [attribute('2.5.4.10', 'Exempel AB')], [attribute('2.5.4.3', 'Exempel')]]
/** The keys' signers name this issuer. */
const readNames: ReadNames = () => ({ issuer: sampleIssuer, subject })

const asDebugged = ({ method, target, headers, body }: ReceivedRequest): DebugRequest => ({
  method,
  target,
  headers,
  body,
  host: 'bank.example',
  bodyKnown: true,
})
const debug = (arrived: ReceivedRequest, profile: HttpSignatureProfile, identityPem: string | null = null) =>
  debugSignature(asDebugged(arrived), profile, { readNames, identityPem })

const body = '{ "a": "å" }\r\n'
const profiles: [string, HttpSignatureProfile][] = [
  ['one line', oneLine],
  ['RFC 2253', rfc2253],
]
const replaceIn = (arrived: ReceivedRequest, header: string, change: (value: string) => string): ReceivedRequest => ({
  ...arrived,
  headers: arrived.headers.map(
    ([name, value]): Header => (name.toLowerCase() === header ? [name, change(value)] : [name, value]),
  ),
})
const signature = (change: (value: string) => string) => (arrived: ReceivedRequest) =>
  replaceIn(arrived, 'signature', change)
const certificate = (change: (value: string) => string) => (arrived: ReceivedRequest) =>
  replaceIn(arrived, 'tpp-signature-certificate', change)
const digest = (change: (value: string, arrived: ReceivedRequest) => string) => (arrived: ReceivedRequest) =>
  replaceIn(arrived, 'digest', (value) => change(value, arrived))

describe.each(profiles)('%s', (_, profile) => {
  it('finds no difference in what is signed right, and verifies it', async () => {
    const { arrived, trace } = await received(post(body, ['PSU-ID', 'Ola']), profile, rsa.signer)
    const report = debug(arrived, profile)
    expect(report.differences).toEqual([])
    expect(report.verification.verdict).toBe('verifies')
    expect(report.signingString).toBe(trace.signingString)
    expect(report.digest).toMatchObject({ bytes: Buffer.byteLength(body), fitting: trace.digest, sent: trace.digest })
    expect(report.keyId?.text).toBe(trace.keyId)
    expect(report.keyId?.wanted).toBe(trace.keyId)
    expect(report.keyId?.serial).toMatchObject({ certificateHex: '8FA1', certificateDecimal: '36769' })
    expect(report.certificate).toMatchObject({ from: 'header', key: 'RSA 2048' })
  })

  const listOf = (value: string) => /headers="([^"]*)"/.exec(value)![1]!
  const spoilings: [SignatureDifferenceId, string, (arrived: ReceivedRequest) => ReceivedRequest][] = [
    [
      'signature-missing',
      'no Signature header',
      (a) => ({ ...a, headers: a.headers.filter(([name]) => name !== 'Signature') }),
    ],
    ['nested-quotes', 'quotes taken away by a shell', signature((value) => value.replaceAll('"', ''))],
    ['nested-quotes', 'quotes behind backslashes', signature((value) => value.replaceAll('"', '\\"'))],
    ['nested-quotes', 'the value in quotes', signature((value) => `"${value}"`)],
    ['white-space', 'blanks around an equals sign', signature((value) => value.replace('keyId=', 'keyId = '))],
    [
      'white-space',
      'two blanks in the list',
      signature((value) => value.replace(listOf(value), listOf(value).replace(' ', '  '))),
    ],
    [
      'white-space',
      'commas in the list',
      signature((value) => value.replace(listOf(value), listOf(value).replaceAll(' ', ','))),
    ],
    [
      'letter-case',
      'capitals in the list',
      signature((value) => value.replace(listOf(value), listOf(value).toUpperCase())),
    ],
    [
      'order',
      'the list turned round',
      signature((value) => value.replace(listOf(value), listOf(value).split(' ').reverse().join(' '))),
    ],
    ['header-missing', 'x-request-id not listed', signature((value) => value.replace(' x-request-id', ''))],
    [
      'header-missing',
      'x-request-id not sent',
      (a) => ({ ...a, headers: a.headers.filter(([name]) => name !== 'X-Request-ID') }),
    ],
    ['header-extra', 'host listed too', signature((value) => value.replace(listOf(value), `${listOf(value)} host`))],
    ['algorithm-word', 'another word', signature((value) => value.replace('"rsa-sha256"', '"SHA256withRSA"'))],
    ['algorithm-word', 'capitals', signature((value) => value.replace('"rsa-sha256"', '"RSA-SHA256"'))],
    ['decimal-serial', 'decimal digits', signature((value) => value.replace('SN=8FA1', 'SN=36769'))],
    ['serial-form', '0x before it', signature((value) => value.replace('SN=8FA1', 'SN=0x8FA1'))],
    ['serial-form', 'colons in it', signature((value) => value.replace('SN=8FA1', 'SN=8F:A1'))],
    ['serial-differs', 'another serial', signature((value) => value.replace('SN=8FA1', 'SN=8FA2'))],
    ['key-id-form', 'a keyId of another kind', signature((value) => value.replace(/keyId="[^"]*"/, 'keyId="my-key"'))],
    [
      'certificate-missing',
      'no certificate',
      (a) => ({ ...a, headers: a.headers.filter(([name]) => name !== 'TPP-Signature-Certificate') }),
    ],
    [
      'line-feeds-in-certificate',
      'line feeds written out',
      certificate((value) => `${value.slice(0, 64)}\\n${value.slice(64)}`),
    ],
    [
      'line-feeds-in-certificate',
      'a folded value',
      certificate((value) => `${value.slice(0, 64)}\n ${value.slice(64)}`),
    ],
    ['certificate-not-encoded', 'PEM as it is', certificate(() => rsa.signer.certificatePem.replaceAll('\n', ' '))],
    ['certificate-unreadable', 'something else', certificate(() => Buffer.from('no certificate').toString('base64'))],
    [
      'digest-of-empty-string',
      'the sample of the document',
      digest(() => 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='),
    ],
    [
      'digest-differs',
      'of other bytes',
      digest((_, a) => `SHA-256=${hash('sha256', a.body.toString().trim(), 'base64')}`),
    ],
    [
      'digest-form',
      'hexadecimal',
      digest((value) => `${value.slice(0, 7)}=${Buffer.from(value.slice(8), 'base64').toString('hex')}`),
    ],
    ['digest-algorithm', 'no algorithm', digest((value) => value.slice(8))],
    ['letter-case', 'a lower-case algorithm', digest((value) => value.toLowerCase().slice(0, 8) + value.slice(8))],
    ['date-form', 'an ISO date', (a) => replaceIn(a, 'date', () => '2019-12-18T11:25:59Z')],
    [
      'not-verifying',
      'another signature',
      signature((value) => value.replace(/signature="[^"]{8}/, 'signature="AAAAAAAA')),
    ],
  ]

  it.each(spoilings)('%s: %s', async (id, what, spoil) => {
    const sha256 = { ...profile, digest: 'SHA-256' } as const
    const chosen = what === 'the sample of the document' || what === 'of other bytes' ? sha256 : profile
    const { arrived } = await received(post(body), chosen, rsa.signer)
    const spoiled = spoil(arrived)
    expect(spoiled).not.toEqual(arrived)
    const report = debug(spoiled, chosen)
    expect(report.first?.id).toBe(id)
    expect(report.first).toBe(report.differences[0])
    expect(report.first?.message).toMatch(/\S/)
  })

  const issuerOf = (signer: RequestSigner): string =>
    profile === oneLine ? oneLineName(signer.issuer) : rfc2253Name(signer.issuer)
  const subjectText = profile === oneLine ? oneLineName(subject) : rfc2253Name(subject)
  it.each([
    ['subject-for-issuer', () => subjectText],
    ['order', () => issuerOf({ ...rsa.signer, issuer: sampleIssuer.toReversed() })],
    ['issuer-form', () => (profile === oneLine ? rfc2253Name(sampleIssuer) : oneLineName(sampleIssuer))],
    ['issuer-differs', () => issuerOf({ ...rsa.signer, issuer: [[attribute('2.5.4.3', 'Another CA')]] })],
  ] as const)('%s in the keyId', async (id, name) => {
    const { arrived } = await received(post(body), profile, rsa.signer)
    const changed = replaceIn(arrived, 'signature', (value) =>
      value.replace(/((?:DN|CA)=).*?",algorithm/, `$1${name()}",algorithm`),
    )
    expect(debug(changed, profile).first).toMatchObject({ id, where: 'Signature: keyId' })
  })

  it('DER for PEM, and PEM for DER', async () => {
    const { arrived } = await received(post(body), profile, rsa.signer)
    const der = profile.certificate.form === 'base64-der'
    const pem = Buffer.from(rsa.signer.certificatePem).toString('base64')
    const changed = certificate(() => (der ? pem : rsa.signer.certificatePem.replace(/-----[^-]+-----|\s/g, '')))(
      arrived,
    )
    expect(debug(changed, profile)).toMatchObject({
      first: { id: der ? 'pem-for-der' : 'der-for-pem' },
      differences: [{}],
      verification: { verdict: 'verifies' },
    })
  })

  it.each([
    ['letter-case', (text: string) => text.replace('x-request-id', 'X-Request-ID')],
    ['white-space', (text: string) => `${text}\n`],
    ['white-space', (text: string) => text.replaceAll('\n', '\r\n')],
    ['white-space', (text: string) => text.replaceAll(': ', ':')],
    ['order', (text: string) => text.split('\n').reverse().join('\n')],
    ['header-missing', (text: string) => text.split('\n').slice(1).join('\n')],
    ['header-extra', (text: string) => `(request-target): post /v1/payments?a=b\n${text}`],
    ['hashed-twice', (text: string) => hash('sha256', text, 'hex')],
  ] as const)('%s of what was signed, proved by the signature itself', async (id, change) => {
    const signer: RequestSigner = {
      ...rsa.signer,
      sign: (name, data, padding) =>
        rsa.signer.sign(name, Buffer.from(change(Buffer.from(data).toString('latin1')), 'latin1'), padding),
    }
    const { arrived } = await received(post(body), profile, signer)
    const report = debug(arrived, profile)
    expect(report.differences).toHaveLength(1)
    expect(report).toMatchObject({
      first: { id, where: 'signing string' },
      verification: { verdict: 'does-not-verify' },
    })
  })

  it('names the algorithm that really signed, and the key', async () => {
    const signer: RequestSigner = {
      ...rsa.signer,
      sign: (_name, data, padding) => rsa.signer.sign('sha512', data, padding),
    }
    const { arrived } = await received(post(body), profile, signer)
    expect(debug(arrived, profile)).toMatchObject({
      first: { id: 'algorithm-word', where: 'signing string' },
      differences: [{}],
    })
    const other = await createSigningKey('RSA')
    const mixed = await received(post(body), profile, { ...other.signer, certificatePem: rsa.signer.certificatePem })
    expect(debug(mixed.arrived, profile, other.signer.certificatePem)).toMatchObject({
      first: { id: 'other-key' },
      differences: [{}],
    })
    const wrong = await received(post(body), { ...profile, algorithms: ['rsa-sha256', 'ecdsa-sha256'] }, rsa.signer)
    const pem = Buffer.from(profile.certificate.form === 'base64-pem' ? ec.signer.certificatePem : '').toString(
      'base64',
    )
    const ecHeader = pem === '' ? ec.signer.certificatePem.replace(/-----[^-]+-----|\s/g, '') : pem
    expect(debug(certificate(() => ecHeader)(wrong.arrived), profile).first?.id).toBe('algorithm-key')
  })

  it('does not claim to have verified what it cannot know', async () => {
    const { arrived } = await received(post(body), profile, rsa.signer)
    const masked = replaceIn(arrived, 'x-request-id', () => '[redacted]')
    expect(debug(masked, profile).verification).toMatchObject({
      verdict: 'not-possible',
      reason: expect.stringContaining('x-request-id'),
    })
    const unkept = debugSignature({ ...asDebugged(arrived), body: null, bodyKnown: false }, profile, {
      readNames,
      identityPem: null,
    })
    expect(unkept).toMatchObject({ differences: [], digest: { bytes: null }, verification: { verdict: 'verifies' } })
  })
})

describe('the scheme word and the encoded-word', () => {
  it('one bank wants the word, the other does not', async () => {
    const { arrived } = await received(post(body), oneLine, rsa.signer)
    expect(debug(signature((value) => value.replace('Signature ', ''))(arrived), oneLine).first?.id).toBe('scheme-word')
    const other = await received(post(body), rfc2253, rsa.signer)
    expect(debug(signature((value) => `Signature ${value}`)(other.arrived), rfc2253).first?.id).toBe('scheme-word')
  })

  it('UTF-8 that is not wrapped, or wrapped without need', async () => {
    const issuer = [[attribute('2.5.4.3', 'Åse CA')]]
    const names: ReadNames = () => ({ issuer, subject })
    const { arrived } = await received(post(body), rfc2253, { ...rsa.signer, issuer })
    const parts = { readNames: names, identityPem: null }
    expect(debugSignature(asDebugged(arrived), rfc2253, parts)).toMatchObject({
      differences: [],
      verification: { verdict: 'verifies' },
    })
    const unwrapped = signature((value) => Buffer.from(value.slice(10, -2), 'base64').toString('utf8'))(arrived)
    expect(debugSignature(asDebugged(unwrapped), rfc2253, parts).differences.map(({ id }) => id)).toEqual([
      'utf-8-not-wrapped',
    ])
    const plain = await received(post(body), rfc2253, rsa.signer)
    const wrapped = signature((value) => `=?utf-8?B?${Buffer.from(value).toString('base64')}?=`)(plain.arrived)
    expect(debug(wrapped, rfc2253).differences.map(({ id }) => id)).toEqual(['wrapped-wrongly'])
  })
})

it('takes anything as a Signature header without failing', async () => {
  const { arrived } = await received(post(body), oneLine, rsa.signer)
  const piece = fc.constantFrom(
    'keyId',
    'headers',
    'signature',
    'algorithm',
    '=',
    '"',
    '\\',
    ',',
    ' ',
    '=?utf-8?B?',
    '?=',
    'SN=',
    '/',
    '__proto__',
    'é',
    '\n',
  )
  const value = fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 30 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(value, value, value, (one, other, third) => {
      const spoiled = replaceIn(
        replaceIn(
          replaceIn(arrived, 'signature', () => one),
          'digest',
          () => other,
        ),
        'tpp-signature-certificate',
        () => third,
      )
      for (const profile of [oneLine, rfc2253]) expect(debug(spoiled, profile).differences.length).toBeGreaterThan(0)
    }),
    { numRuns: 200 },
  )
})

it('no expression takes longer than its text', async () => {
  const { arrived } = await received(post(body) as SigningRequest, oneLine, rsa.signer)
  const n = 100_000
  // One that is not linear takes minutes for these and runs into the deadline of the test.
  for (const attack of [
    ' '.repeat(n),
    '\n '.repeat(n),
    '"'.repeat(n),
    '=?'.repeat(n),
    'keyId='.repeat(n),
    `keyId="${' '.repeat(n)}`,
    '\\n'.repeat(n),
    '/a='.repeat(n),
    `-----BEGIN${'-'.repeat(n)}`,
  ])
    for (const name of ['signature', 'digest', 'tpp-signature-certificate', 'date'])
      debug(
        replaceIn(arrived, name, () => attack),
        oneLine,
      )
})
