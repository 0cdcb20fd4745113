import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyKinds, orderInputSchema } from '#shared/contract/keys.ts'
import { subjectOf } from './order-subject.ts'
import { type KeyKind, makeKeyPair, makeSigningRequest } from './signing-request.ts'
import { createOpensslMaterial, type OpensslMaterial, openssl, opensslPresent } from './testing/openssl-material.ts'

describe.skipIf(!opensslPresent())('certificate requests', () => {
  let made: OpensslMaterial
  beforeAll(() => {
    made = createOpensslMaterial()
  })
  afterAll(() => made.remove())

  const request = async (kind: KeyKind, order: Parameters<typeof orderInputSchema.parse>[0]) => {
    const pair = await makeKeyPair(kind)
    const csr = await makeSigningRequest(pair, subjectOf(orderInputSchema.parse(order)))
    writeFileSync(made.at('csr.pem'), csr)
    const text = openssl(
      'req',
      '-in',
      made.at('csr.pem'),
      '-verify',
      '-noout',
      '-text',
      '-nameopt',
      'RFC2253,utf8,-esc_msb',
    )
    return { pair, text }
  }

  it.each(keyKinds)('verify with openssl and carry the public key: %s', async (kind) => {
    const { pair, text } = await request(kind, { name: 'Exempel' })
    const bits = kind === 'ec-p256' ? 256 : kind === 'ec-p384' ? 384 : Number(kind.slice(4))
    expect(text).toContain(`Public-Key: (${bits} bit)`)
    expect(text).toContain(
      kind === 'ec-p384' ? 'ecdsa-with-SHA384' : kind === 'ec-p256' ? 'ecdsa-with-SHA256' : 'sha256WithRSA',
    )
    if (kind.startsWith('rsa')) expect(text).toContain('Exponent: 65537')
    const publicKey = openssl('req', '-in', made.at('csr.pem'), '-noout', '-pubkey')
    expect(publicKey).toBe(pair.publicKey.export({ type: 'spki', format: 'pem' }))
  })

  it('name the TPP and ask for the PSD2 statement', async () => {
    const order = {
      name: 'Räksmörgås',
      organization: 'Exempel, AB',
      organizationIdentifier: 'PSDSE-FINA-5560123456',
      roles: ['PSP_AI', 'PSP_IC'],
    }
    const { text } = await request('ec-p256', order)
    expect(text).toContain('CN=Räksmörgås,organizationIdentifier=PSDSE-FINA-5560123456,O=Exempel\\, AB,C=SE')
    expect(text).toContain('qcStatements')
    const parsed = openssl('asn1parse', '-in', made.at('csr.pem'), '-i')
    expect(parsed).toMatch(/PRINTABLESTRING\s*:SE/)
    const at = /qcStatements\n\s*(\d+):/.exec(parsed)?.[1] ?? ''
    const statements = openssl('asn1parse', '-in', made.at('csr.pem'), '-strparse', at)
    const values = [...statements.matchAll(/(?:OBJECT|UTF8STRING) +:(.*)$/gm)].map(([, value]) => value)
    const authority = ['Swedish Financial Supervisory Authority', 'SE-FINA']
    const roles = ['0.4.0.19495.1.3', 'PSP_AI', '0.4.0.19495.1.4', 'PSP_IC']
    expect(values).toEqual([
      '0.4.0.1862.1.1',
      '0.4.0.1862.1.6',
      '0.4.0.1862.1.6.3',
      '0.4.0.19495.2',
      ...roles,
      ...authority,
    ])
  })

  it('fill in what an order leaves out', () => {
    const subject = (input: object) => subjectOf(orderInputSchema.parse({ name: 'Å'.repeat(80), ...input }))
    expect(subject({})).toMatchObject({ country: 'SE', organization: 'Å'.repeat(64), commonName: 'Å'.repeat(64) })
    expect(subject({}).organizationIdentifier).toMatch(/^PSDSE-FINA-55\d{8}$/)
    expect(subject({ country: 'DE' })).toMatchObject({
      organizationIdentifier: expect.stringMatching(/^PSDDE-BAFIN-\d{10}$/),
      authority: { id: 'DE-BAFIN' },
    })
    expect(subject({ country: 'US' }).organizationIdentifier).toMatch(/^PSDSE-FINA-\d{10}$/)
    expect(
      orderInputSchema.parse({ name: 'x', organizationIdentifier: subject({}).organizationIdentifier }),
    ).toBeTruthy()
  })
})
