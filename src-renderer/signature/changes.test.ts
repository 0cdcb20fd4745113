/** Each change changes its element and nothing else, and is not offered where there is nothing to change. */
import { expect, it } from 'vitest'
import type { ExplainedSignature } from '#shared/contract/signature-debug.ts'
import { archiveOf, changed, digestOf, fittingChanges, type SignedRequest } from './changes.ts'

const pem = `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(16)}\nRA==\n-----END CERTIFICATE-----\n`
const value =
  'keyId="SN=1F,DN=/O=Issuer/C=SE",algorithm="rsa-sha256",headers="digest date x-request-id",signature="AAAAAAAA"'
const request: SignedRequest = {
  method: 'POST',
  url: 'https://bank.example/v1/funds',
  headers: [
    ['X-Request-ID', '1'],
    ['Digest', 'SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='],
    ['Date', 'Thu, 29 Feb 2024 12:00:00 GMT'],
    ['TPP-Signature-Certificate', btoa(pem)],
    ['Signature', `Signature ${value}`],
  ],
  body: '{}',
}
const whole = {
  digest: { algorithm: 'SHA-256' },
  keyId: { serial: { text: '1F', certificateHex: '1F', certificateDecimal: '31' } },
  certificate: {
    subject: [
      { type: 'O', value: 'Tpp' },
      { type: 'CN', value: 'tpp' },
    ],
  },
} as unknown as ExplainedSignature

const header = ({ headers }: SignedRequest, name: string) => headers.find(([each]) => each === name)?.[1]
const wrapped = (text: string): SignedRequest => ({
  ...request,
  headers: request.headers.map(([name, each]) =>
    name === 'Signature' ? [name, `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`] : [name, each],
  ),
})

const cases: readonly (readonly [string, string, string | undefined])[] = [
  ['digest-of-empty', 'Digest', 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
  ['date', 'Date', 'Wed, 28 Feb 2024 12:00:00 GMT'],
  ['name-left-out', 'Signature', `Signature ${value.replace(' x-request-id', '')}`],
  ['order', 'Signature', `Signature ${value.replace('digest date x-request-id', 'x-request-id date digest')}`],
  ['decimal-serial', 'Signature', `Signature ${value.replace('1F', '31')}`],
  ['subject', 'Signature', `Signature ${value.replace('/O=Issuer/C=SE', '/O=Tpp/CN=tpp')}`],
  ['algorithm', 'Signature', `Signature ${value.replace('rsa-sha256', 'RSA-SHA256')}`],
  ['signature-value', 'Signature', `Signature ${value.replace('AAAAAAAA', 'AAAABAAA')}`],
  ['quotes', 'Signature', `Signature ${value.replaceAll('"', '')}`],
  ['scheme-word', 'Signature', value],
  ['no-signature', 'Signature', undefined],
  ['certificate-form', 'TPP-Signature-Certificate', `${'QUJD'.repeat(16)}RA==`],
  ['no-certificate', 'TPP-Signature-Certificate', undefined],
]

it.each(cases)('%s changes %s alone', async (id, name, wanted) => {
  const made = await changed(request, new Set([id]), whole)
  expect(header(made, name)).toBe(wanted)
  expect(made.headers.filter(([each]) => each !== name)).toEqual(request.headers.filter(([each]) => each !== name))
  expect(made.body).toBe(request.body)
})

it('offers what there is to change: the digest of {} is that of this body, and nothing is wrapped', async () => {
  const ids = (await fittingChanges(request, whole)).map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining(['body-byte', 'digest-of-empty', 'decimal-serial']))
  expect(ids).not.toContain('digest-of-braces')
  expect(ids).not.toContain('not-wrapped')
  const bare = { ...(await changed(request, new Set(['digest-of-empty']), whole)), body: null }
  const without = (await fittingChanges(bare, whole)).map(({ id }) => id)
  expect(without).toContain('digest-of-braces')
  expect(without).not.toContain('body-byte')
  expect(without).not.toContain('digest-of-empty')
})

it('changes a wrapped value inside, and takes the wrapping away as bytes of the wire', async () => {
  const name = 'keyId="SN=1F,CA=CN=Å",algorithm="rsa-sha256",headers="date digest",signature="AAAA"'
  const order = header(await changed(wrapped(name), new Set(['order']), whole), 'Signature') ?? ''
  expect(Buffer.from(order.slice('=?utf-8?B?'.length, -2), 'base64').toString()).toBe(
    name.replace('date digest', 'digest date'),
  )
  const bare = header(await changed(wrapped(name), new Set(['not-wrapped']), whole), 'Signature') ?? ''
  expect(Buffer.from(bare, 'latin1').toString('utf8')).toBe(name)
})

it('makes several changes at once, and writes them as an archive that keeps each byte', async () => {
  const made = await changed({ ...request, body: '{\r\n}' }, new Set(['body-byte', 'no-signature']), whole)
  const { log } = JSON.parse(archiveOf(made)) as { log: { entries: [{ request: { postData: { text: string } } }] } }
  expect(log.entries[0].request.postData.text).toBe('{\r\n} ')
  expect(header(made, 'Signature')).toBeUndefined()
})

it('knows no hash the browser does not have', async () => {
  expect(await digestOf('SHA-256', '{}')).toBe('SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=')
  expect(await digestOf('MD5', '{}')).toBeNull()
})
