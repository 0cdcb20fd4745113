/** Makes keys and PKCS#10 requests with PSD2 QCStatements (ETSI TS 119 495), for tests. */
import { webcrypto } from 'node:crypto'
import * as x509 from '#sandbox/pki/x509.ts'

const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  const length =
    content.length < 128
      ? Buffer.from([content.length])
      : Buffer.from([0x82, content.length >> 8, content.length & 0xff])
  return Buffer.concat([Buffer.from([tag]), length, content])
}
const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts)
const text = (value: string): Buffer => tlv(0x0c, Buffer.from(value))
const hex = (value: string): Buffer => Buffer.from(value, 'hex')

const roleOids = { PSP_PI: '04008198270102', PSP_AI: '04008198270103' } as const
export type TestRole = keyof typeof roleOids

/** 0.4.0.19495.2 with these roles. */
const statementsFor = (roles: readonly TestRole[]): Buffer =>
  sequence(
    sequence(
      tlv(0x06, hex('040081982702')),
      sequence(
        sequence(...roles.map((role) => sequence(tlv(0x06, hex(roleOids[role])), text(role)))),
        text('Finansinspektionen'),
        text('SE-FINA'),
      ),
    ),
  )
export const qcStatements = statementsFor(['PSP_PI', 'PSP_AI'])

export interface RequestOptions {
  readonly organizationIdentifier?: string | null
  readonly withQcStatements?: boolean
  readonly roles?: readonly TestRole[]
  readonly algorithm?: RsaHashedKeyGenParams | EcKeyGenParams
}
type RsaHashedKeyGenParams = webcrypto.RsaHashedKeyGenParams
type EcKeyGenParams = webcrypto.EcKeyGenParams

const p256: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' }

export async function makeRequest(options: RequestOptions = {}): Promise<{ key: string; csr: string }> {
  const {
    organizationIdentifier = 'PSDSE-FINA-12345',
    withQcStatements = true,
    roles = ['PSP_PI', 'PSP_AI'],
    algorithm = p256,
  } = options
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const organisation = organizationIdentifier === null ? [] : [{ '2.5.4.97': [organizationIdentifier] }]
  const csr = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ C: ['SE'] }, { O: ['Test TPP AB'] }, ...organisation, { CN: ['tpp.example'] }],
    keys,
    signingAlgorithm: { ...algorithm, hash: 'SHA-256' },
    extensions: withQcStatements ? [new x509.Extension('1.3.6.1.5.5.7.1.3', false, statementsFor(roles))] : [],
  })
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { key: x509.PemConverter.encode(der, 'PRIVATE KEY'), csr: csr.toString('pem') }
}
