import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFault } from '#shared/fault.ts'
import { certificateFacts, certificateFactsSchema, clockWarnings } from './certificate-facts.ts'
import { encodeQcStatements } from './qc-statements.ts'
import {
  authorityExtensions,
  createOpensslMaterial,
  ecP256,
  type OpensslMaterial,
  openssl,
  opensslPresent,
  rsa2048,
  tppSubject,
} from './testing/openssl-material.ts'

const qualification = { roles: ['PSP_AI', 'PSP_PI'], authority: { id: 'SE-FINA', name: 'Finansinspektionen' } } as const
const statements = (kind: 'QWAC' | 'QSEAL') =>
  `1.3.6.1.5.5.7.1.3=DER:${encodeQcStatements({ kind, roles: [...qualification.roles], authority: qualification.authority }).toString('hex')}`
const clientAuth = 'extendedKeyUsage=clientAuth,serverAuth'

describe.skipIf(!opensslPresent())('facts of a certificate', () => {
  let made: OpensslMaterial
  let key: string
  let issuer: { key: string; certificate: string }

  beforeAll(() => {
    made = createOpensslMaterial()
    key = made.key('key', ...rsa2048)
    const issuerKey = made.key('issuer-key', ...ecP256)
    const certificate = made.certify({
      key: issuerKey,
      subject: '/C=SE/O=Utfärdare/CN=CA',
      extensions: authorityExtensions,
    })
    issuer = { key: issuerKey, certificate }
  })
  afterAll(() => made.remove())

  const issue = (extensions: string[], more: { subject?: string; digest?: string; key?: string } = {}) =>
    new X509Certificate(made.certify({ key, subject: tppSubject, extensions, issuer, ...more }))
  const facts = (leaf: X509Certificate) => certificateFacts(leaf, [new X509Certificate(issuer.certificate)])
  const warningsOf = (leaf: X509Certificate) => facts(leaf).warnings.map(({ id }) => id)

  it('are those openssl prints', () => {
    const leaf = issue([statements('QWAC'), clientAuth])
    const found = facts(leaf)
    expect(certificateFactsSchema.parse(found)).toEqual(found)
    expect(found).toMatchObject({ ...qualification, kind: 'QWAC', key: { type: 'RSA', bits: 2048 }, warnings: [] })
    expect(found.issuer).toBe('CN=CA,O=Utfärdare,C=SE')
    expect(found.chain).toEqual([expect.objectContaining({ subject: found.issuer, issuer: found.issuer })])
    made.write('leaf.pem', leaf.toString())
    const print = (...what: string[]) => openssl('x509', '-in', made.at('leaf.pem'), '-noout', ...what).trim()
    expect(print('-subject', '-nameopt', 'RFC2253')).toBe(`subject=${found.subject}`)
    expect(print('-serial')).toBe(`serial=${found.serial}`)
    expect(print('-fingerprint', '-sha256').split('=')[1]!.replaceAll(':', '').toLowerCase()).toBe(found.sha256)
    expect(new Date(print('-enddate').slice('notAfter='.length)).toISOString()).toBe(found.notAfter)
    expect(new Date(print('-startdate').slice('notBefore='.length)).toISOString()).toBe(found.notBefore)
  })

  it('know a seal, an EC key and a certificate without QCStatements', () => {
    expect(facts(issue([statements('QSEAL')]))).toMatchObject({ kind: 'QSEAL', warnings: [] })
    const ec = issue([clientAuth], { key: made.key('ec', ...ecP256) })
    expect(facts(ec)).toMatchObject({ kind: 'none', key: { type: 'EC', curve: 'P-256' }, roles: [], authority: null })
    expect(warningsOf(ec)).toEqual(['no-qc-statements'])
  })

  it('warn of what banks stumble over', () => {
    const good = [statements('QWAC'), clientAuth]
    expect(warningsOf(issue([statements('QWAC')]))).toEqual(['client-auth-missing'])
    expect(warningsOf(issue([statements('QWAC'), 'extendedKeyUsage=serverAuth']))).toEqual(['client-auth-missing'])
    expect(warningsOf(issue(good, { digest: 'sha1' }))).toEqual(['weak-signature'])
    const german = issue(good, { subject: '/C=DE/organizationIdentifier=NTRDE-HRB12345/CN=x' })
    expect(facts(german).warnings).toEqual([
      { id: 'organization-identifier-unusual', message: expect.stringContaining('"NTRDE-HRB12345"') },
    ])
    expect(warningsOf(issue(good, { subject: '/CN=x' }))).toEqual(['organization-identifier-missing'])
    const self = new X509Certificate(made.certify({ key, subject: tppSubject, extensions: good }))
    expect(certificateFacts(self, []).warnings.map(({ id }) => id)).toEqual(['self-signed'])
    expect(certificateFacts(issue(good), []).warnings.map(({ id }) => id)).toEqual(['chain-incomplete'])
  })

  it('survive any bits in the extension and anywhere else, or are refused with a Fault', () => {
    const der = issue([statements('QWAC'), clientAuth]).raw
    const oidAt = der.indexOf(Buffer.from('06082b06010505070103', 'hex'))
    const inExtension = fc.integer({ min: oidAt * 8, max: (oidAt + 130) * 8 })
    const anywhere = fc.nat(der.length * 8 - 1)
    fc.assert(
      fc.property(fc.array(fc.oneof(inExtension, anywhere), { minLength: 1, maxLength: 4 }), (bits) => {
        const bytes = Buffer.from(der)
        for (const bit of bits) bytes[bit >> 3]! ^= 1 << (bit & 7)
        let certificate: X509Certificate
        try {
          certificate = new X509Certificate(bytes)
        } catch {
          return
        }
        try {
          expect(certificateFactsSchema.safeParse(facts(certificate)).success).toBe(true)
        } catch (error) {
          expect(isFault(error)).toBe(true)
        }
      }),
      { numRuns: 1500 },
    )
  })
})

describe('warnings of the clock', () => {
  const notBefore = '2026-01-01T00:00:00.000Z'
  const notAfter = '2026-06-30T00:00:00.000Z'
  const end = Date.parse(notAfter)
  const day = 86_400_000
  it.each([
    [Date.parse(notBefore) - 1, 'not-yet-valid'],
    [Date.parse(notBefore), undefined],
    [end - 30 * day - 1, undefined],
    [end - 30 * day, 'expires-in-30-days'],
    [end - 7 * day, 'expires-in-7-days'],
    [end - day, 'expires-in-1-day'],
    [end, 'expires-in-1-day'],
    [end + 1, 'expired'],
  ])('%i: %s', (now, wanted) => expect(clockWarnings({ notBefore, notAfter }, now)[0]?.id).toBe(wanted))
})
