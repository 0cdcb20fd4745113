/** Sorts pasted or dropped PEM text into certificates and one private key. */
import { X509Certificate } from 'node:crypto'
import { Fault } from '#shared/fault.ts'
import { sha256Of } from './certificate-facts.ts'
import { readDer } from './der.ts'
import { type PemBlock, pemBlocks, pemText } from './pem.ts'
import { isPrivateKeyLabel } from './private-key.ts'

export interface Bundle {
  /** Each once, in the order of the text. */
  readonly certificates: readonly X509Certificate[]
  readonly key: PemBlock
}

/** Characters; a chain with its key has about 10,000. */
const largestText = 1024 * 1024
const certificateLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])

/** @throws Fault CERTIFICATE_UNREADABLE, KEY_UNREADABLE, INPUT_INVALID; `details.field` names the input. */
export function readBundle(text: { certificates: string; key?: string | undefined }): Bundle {
  const inCertificates = readBlocks('certificates', text.certificates)
  const inKey = readBlocks('key', text.key ?? '')
  const blocks = [...inCertificates, ...inKey]
  const certificates = readCertificates(blocks)
  if (certificates.length === 0) throw noCertificate(blocks)
  return { certificates, key: onlyKey(blocks, inKey, text.key) }
}

/** The certificates among the blocks, each once. @throws Fault CERTIFICATE_UNREADABLE */
export function readCertificates(blocks: readonly PemBlock[]): X509Certificate[] {
  const found = blocks.filter((block) => certificateLabels.has(block.label))
  const bySha256 = new Map<string, X509Certificate>()
  for (const [index, block] of found.entries()) {
    const certificate = readCertificate(
      block,
      found.length === 1 ? 'The certificate' : `Certificate ${index + 1} of ${found.length}`,
    )
    const sha256 = sha256Of(certificate)
    if (!bySha256.has(sha256)) bySha256.set(sha256, certificate)
  }
  return [...bySha256.values()]
}

function readCertificate({ base64 }: PemBlock, which: string): X509Certificate {
  const details = { field: 'certificates' }
  if (base64 === null) {
    const message = `${which} is cut off or damaged: copy the whole block, from BEGIN to END.`
    throw new Fault('CERTIFICATE_UNREADABLE', message, details)
  }
  try {
    // OpenSSL appends its own trust settings to a TRUSTED CERTIFICATE: only the first element is X.509.
    return new X509Certificate(readDer(Buffer.from(base64, 'base64')).bytes)
  } catch (error) {
    throw new Fault('CERTIFICATE_UNREADABLE', `${which} is damaged: it is no X.509 certificate.`, details, error)
  }
}

function readBlocks(field: string, text: string): PemBlock[] {
  if (text.length > largestText) {
    const message = `The text in ${field} is longer than ${largestText} characters: give only the certificate, its chain and the key.`
    throw new Fault('INPUT_INVALID', message, { field })
  }
  return pemBlocks(text)
}

function noCertificate(blocks: readonly PemBlock[]): Fault {
  const labels = blocks.map((block) => block.label)
  const why = labels.some((label) => label.endsWith('CERTIFICATE REQUEST'))
    ? 'There is a certificate request and no certificate: give the certificate the QTSP issued for it.'
    : labels.length > 0
      ? 'There is no certificate in the text: add the block that begins with -----BEGIN CERTIFICATE-----.'
      : 'There is no PEM block in the text. Turn a DER file into PEM with openssl x509 -inform der -in FILE, a PFX or P12 file with openssl pkcs12 -in FILE.'
  return new Fault('CERTIFICATE_UNREADABLE', why, { field: 'certificates' })
}

function onlyKey(blocks: readonly PemBlock[], inKey: readonly PemBlock[], keyText: string | undefined): PemBlock {
  const keys = new Map(blocks.filter(({ label }) => isPrivateKeyLabel(label)).map((block) => [pemText(block), block]))
  const [key] = keys.values()
  if (keys.size > 1) {
    const message = `There are ${keys.size} private keys: leave only the one that belongs to the certificate.`
    throw new Fault('KEY_UNREADABLE', message, { field: inKey.length > 0 ? 'key' : 'certificates', keys: keys.size })
  }
  if (key !== undefined) return key
  const message =
    keyText !== undefined && keyText.trim() !== ''
      ? 'The text in key holds no private key: it needs a block that begins with -----BEGIN PRIVATE KEY----- or a similar line.'
      : 'There is no private key: add its PEM block to the certificates, or give it by itself in key.'
  throw new Fault('KEY_UNREADABLE', message, { field: 'key' })
}
