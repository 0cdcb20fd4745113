/** Opens a private key in any form OpenSSL writes, and lets through only keys that banks take and that work. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { Fault } from '#shared/fault.ts'
import { childrenOf, objectIdentifierOf, readDer } from './der.ts'
import { type PemBlock, pemText } from './pem.ts'

export const isPrivateKeyLabel = (label: string): boolean => label.endsWith('PRIVATE KEY')

const leastBits = 2048
const curves: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }
const supported = `Supported are RSA keys of ${leastBits} bits or more and EC keys on P-256, P-384 or P-521`

/** What a view says of a key: RSA with its bits, EC with its curve (the name of NIST where it has one), or only the type. */
export function describeKey(key: KeyObject): { type: string; bits?: number; curve?: string } {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa') return { type: 'RSA', bits: modulusLength ?? 0 }
  if (key.asymmetricKeyType === 'ec') return { type: 'EC', curve: curves[namedCurve ?? ''] ?? namedCurve ?? 'unknown' }
  return { type: key.asymmetricKeyType ?? 'unknown' }
}

/**
 * @param block PKCS#8, encrypted PKCS#8 (RFC 5958), or what OpenSSL calls traditional: PKCS#1 and SEC1, encrypted or not.
 * @throws Fault KEY_UNREADABLE, KEY_PASSPHRASE, KEY_WEAK. No fault has a cause: an error of the crypto library might quote the key.
 */
export function readPrivateKey(block: PemBlock, passphrase: string | undefined): KeyObject {
  if (block.base64 === null) {
    throw unreadable('The private key is cut off or damaged: copy the whole block, from BEGIN to END')
  }
  if (block.label === 'OPENSSH PRIVATE KEY') {
    throw unreadable(
      'The private key has the form of OpenSSH. Turn it into PKCS#8 with ssh-keygen -p -m PKCS8 -f FILE first',
    )
  }
  const key = isEncrypted(block) ? decrypt(block, passphrase) : open(block)
  requireStrength(key)
  requireWorking(key)
  return key
}

const unreadable = (message: string, details: Record<string, unknown> = {}): Fault =>
  new Fault('KEY_UNREADABLE', `${message}.`, { field: 'key', ...details })

const isEncrypted = ({ label, headers }: PemBlock): boolean =>
  label === 'ENCRYPTED PRIVATE KEY' || headers.some((header) => /^Proc-Type:\s*4\s*,\s*ENCRYPTED/i.test(header))

function open(block: PemBlock): KeyObject {
  const key = tryToOpen(block)
  if (key === null) throw unreadable('The private key is damaged: it could not be read')
  return key
}

function decrypt(block: PemBlock, passphrase: string | undefined): KeyObject {
  const obsolete = obsoleteCipher(block)
  if (obsolete !== null) {
    throw unreadable(
      `The private key is encrypted with ${obsolete}, which is obsolete. Encrypt it anew with openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in FILE`,
      { cipher: obsolete },
    )
  }
  const key = passphrase === undefined ? null : tryToOpen(block, passphrase)
  if (key !== null) return key
  // Keys encrypted under an empty passphrase exist; one that does not open with it needs a real one.
  const missing = passphrase === undefined || passphrase === ''
  const message = missing
    ? 'The private key is encrypted: its passphrase is needed.'
    : 'The private key does not open with this passphrase: the passphrase is wrong, or the key is damaged.'
  throw new Fault('KEY_PASSPHRASE', message, { field: 'passphrase', reason: missing ? 'missing' : 'wrong' })
}

function tryToOpen(block: PemBlock, passphrase?: string): KeyObject | null {
  const pem = Buffer.from(pemText(block))
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...(passphrase !== undefined && { passphrase }) })
  } catch {
    return null
  } finally {
    pem.fill(0)
  }
}

/** Schemes of PKCS#5 v1.5 and PKCS#12 that OpenSSL 3 keeps in its legacy provider, which Node does not load. */
const obsoleteSchemes: Record<string, string> = {
  '1.2.840.113549.1.5.1': 'MD2 and DES',
  '1.2.840.113549.1.5.3': 'MD5 and DES',
  '1.2.840.113549.1.5.4': 'MD2 and RC2',
  '1.2.840.113549.1.5.6': 'MD5 and RC2',
  '1.2.840.113549.1.5.10': 'SHA-1 and DES',
  '1.2.840.113549.1.5.11': 'SHA-1 and RC2',
  '1.2.840.113549.1.12.1.1': 'RC4',
  '1.2.840.113549.1.12.1.2': '40-bit RC4',
  '1.2.840.113549.1.12.1.5': 'RC2',
  '1.2.840.113549.1.12.1.6': '40-bit RC2',
}
const traditionalCiphers = /^(AES-(128|192|256)-CBC|DES-EDE3-CBC|CAMELLIA-(128|192|256)-CBC)$/

/** Name of a cipher that cannot be opened here; null where the passphrase decides. @throws Fault KEY_UNREADABLE */
function obsoleteCipher(block: PemBlock): string | null {
  if (block.label !== 'ENCRYPTED PRIVATE KEY') {
    const cipher = /^DEK-Info:\s*([A-Za-z0-9-]{1,40})/i.exec(
      block.headers.find((h) => /^DEK-Info:/i.test(h)) ?? '',
    )?.[1]
    if (cipher === undefined) throw unreadable('The private key is damaged: it does not say how it is encrypted')
    return traditionalCiphers.test(cipher.toUpperCase()) ? null : cipher
  }
  try {
    // EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm SEQUENCE { OID, … }, encryptedData OCTET STRING }
    const [algorithm] = childrenOf(readDer(Buffer.from(block.base64 ?? '', 'base64')))
    return obsoleteSchemes[objectIdentifierOf(childrenOf(algorithm!)[0]!)] ?? null
  } catch {
    throw unreadable('The private key is damaged: it is not an encrypted PKCS#8 key')
  }
}

function requireStrength(key: KeyObject): void {
  const { type, bits, curve } = describeKey(key)
  if (type === 'RSA' && (bits ?? 0) >= leastBits) return
  if (type === 'RSA') {
    const message = `The RSA key has ${bits} bits; banks take ${leastBits} or more. Make a new key and have a certificate issued for it.`
    throw new Fault('KEY_WEAK', message, { field: 'key', bits, least: leastBits })
  }
  if (type === 'EC' && Object.values(curves).includes(curve ?? '')) return
  throw unreadable(
    `The private key is of a kind that is not supported (${type}${curve ? ` on ${curve}` : ''}). ${supported}`,
    {
      type,
      ...(curve !== undefined && { curve }),
    },
  )
}

/** A key whose private half was damaged reads well and fails at the first signature: better here than at the bank. */
function requireWorking(key: KeyObject): void {
  const probe = Buffer.from('does this key sign?')
  let works = false
  try {
    works = verify('sha256', probe, createPublicKey(key), sign('sha256', probe, key))
  } catch {
    works = false
  }
  if (!works) throw unreadable('The private key is damaged: what it signs does not verify')
}
