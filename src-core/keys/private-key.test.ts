import { createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pemBlocks } from './pem.ts'
import { describeKey, isPrivateKeyLabel, readPrivateKey } from './private-key.ts'
import {
  createOpensslMaterial,
  ecP256,
  type OpensslMaterial,
  openssl,
  opensslPresent,
  rsa2048,
} from './testing/openssl-material.ts'

const read = (text: string, passphrase?: string) =>
  readPrivateKey(pemBlocks(text).find(({ label }) => isPrivateKeyLabel(label))!, passphrase)
const refusal = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) })

describe.skipIf(!opensslPresent())('private keys as openssl writes them', () => {
  let made: OpensslMaterial
  const keys: Record<string, string> = {}
  const publicKeys: Record<string, string> = {}

  const convert = (name: string, from: string, ...args: string[]) => {
    openssl(...args, '-in', keys[from]!, '-out', made.at(name))
    keys[name] = made.at(name)
  }
  const text = (name: string) => made.read(name)
  const opens = (name: string, passphrase?: string) =>
    createPublicKey(read(text(name), passphrase)).export({ type: 'spki', format: 'pem' })

  beforeAll(() => {
    made = createOpensslMaterial()
    for (const [name, form] of Object.entries({ rsa: rsa2048, ec: ecP256 })) {
      keys[name] = made.key(name, ...form)
      publicKeys[name] = openssl('pkey', '-in', keys[name], '-pubout')
    }
  })
  afterAll(() => made.remove())

  const encryptions = {
    'aes-256-cbc': ['-v2', 'aes-256-cbc'],
    'aes-128-cbc, SHA-1 PRF': ['-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA1'],
    des3: ['-v2', 'des3'],
    scrypt: ['-scrypt'],
    'PKCS#12 3DES': ['-v1', 'PBE-SHA1-3DES'],
  }
  describe.each(['rsa', 'ec'])('%s', (kind) => {
    it('PKCS#8', () => expect(opens(kind)).toBe(publicKeys[kind]))

    it.each(Object.entries(encryptions))('encrypted PKCS#8, %s', (_name, args) => {
      convert('p8', kind, 'pkcs8', '-topk8', ...args, '-passout', 'pass:hemligt å€')
      expect(opens('p8', 'hemligt å€')).toBe(publicKeys[kind])
      expect(() => read(text('p8'), 'wrong')).toThrow(refusal('KEY_PASSPHRASE', 'does not open with this passphrase'))
      expect(() => read(text('p8'))).toThrow(refusal('KEY_PASSPHRASE', 'its passphrase is needed'))
      expect(() => read(text('p8'), '')).toThrow(refusal('KEY_PASSPHRASE', 'its passphrase is needed'))
    })

    it('encrypted PKCS#8 under an empty passphrase', () => {
      convert('p8', kind, 'pkcs8', '-topk8', '-passout', 'pass:')
      expect(opens('p8', '')).toBe(publicKeys[kind])
    })

    it('traditional', () => {
      convert('old', kind, kind, ...(kind === 'rsa' ? ['-traditional'] : []))
      expect(text('old')).toContain(kind === 'rsa' ? 'BEGIN RSA PRIVATE KEY' : 'BEGIN EC PRIVATE KEY')
      expect(opens('old')).toBe(publicKeys[kind])
    })

    it.each(['-aes128', '-aes256', '-des3'])('traditional, encrypted with %s', (cipher) => {
      const form = kind === 'rsa' ? ['-traditional'] : []
      convert('old', kind, kind, ...form, cipher, '-passout', 'pass:hemligt')
      expect(text('old')).toContain('Proc-Type: 4,ENCRYPTED')
      expect(opens('old', 'hemligt')).toBe(publicKeys[kind])
      const crlf = text('old').replaceAll('\n', '\r\n')
      expect(describeKey(read(crlf, 'hemligt')).type).toBe(kind.toUpperCase())
      expect(() => read(text('old'), 'wrong')).toThrow(refusal('KEY_PASSPHRASE', 'does not open'))
      expect(() => read(text('old'))).toThrow(refusal('KEY_PASSPHRASE', 'is needed'))
    })
  })

  it('says the same of a wrong passphrase every time, also where padding happens to fit', () => {
    convert('p8', 'ec', 'pkcs8', '-topk8', '-v2', 'aes-128-cbc', '-iter', '1', '-passout', 'pass:right')
    const wrong = refusal('KEY_PASSPHRASE', 'does not open with this passphrase')
    // One wrong passphrase in 256 leaves valid padding and garbage inside.
    for (let i = 0; i < 1500; i++) expect(() => read(text('p8'), `wrong ${i}`)).toThrow(wrong)
  })

  it('names an obsolete cipher and the way out', () => {
    const legacy = ['-provider', 'legacy', '-provider', 'default']
    convert('p8', 'ec', 'pkcs8', '-topk8', '-v1', 'PBE-MD5-DES', ...legacy, '-passout', 'pass:x')
    expect(() => read(text('p8'), 'x')).toThrow(refusal('KEY_UNREADABLE', 'MD5 and DES'))
    const des =
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0011\n\nTWFu\n-----END RSA PRIVATE KEY-----'
    expect(() => read(des, 'x')).toThrow(refusal('KEY_UNREADABLE', 'DES-CBC'))
  })

  it('reads keys of the other supported kinds', () => {
    keys.p384 = made.key('p384', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384')
    keys.p521 = made.key('p521', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521')
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-out', made.at('with-parameters'))
    expect(text('with-parameters')).toContain('BEGIN EC PARAMETERS')
    expect(['rsa', 'p384', 'p521', 'with-parameters'].map((name) => describeKey(read(text(name))))).toEqual([
      { type: 'RSA', bits: 2048 },
      { type: 'EC', curve: 'P-384' },
      { type: 'EC', curve: 'P-521' },
      { type: 'EC', curve: 'P-256' },
    ])
  })

  it('refuses weak RSA and says how many bits it wants', () => {
    made.key('weak', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024')
    expect(() => read(text('weak'))).toThrow(refusal('KEY_WEAK', '1024 bits; banks take 2048'))
  })

  it.each([
    ['ed25519', ['-algorithm', 'ED25519'], 'ed25519'],
    ['secp256k1', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'], 'EC on secp256k1'],
    ['RSA-PSS', ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'], 'rsa-pss'],
  ])('refuses %s and says what is supported', (name, form, named) => {
    made.key(name, ...form)
    expect(() => read(text(name))).toThrow(refusal('KEY_UNREADABLE', `${named}). Supported are RSA keys`))
  })

  it('refuses what is cut off, damaged or of another make', () => {
    const lines = text('rsa').split('\n')
    const cut = [...lines.slice(0, 8), ...lines.slice(-2)].join('\n')
    expect(() => read(cut)).toThrow(refusal('KEY_UNREADABLE', 'damaged'))
    expect(() => read(lines.slice(0, 8).join('\n'))).toThrow(refusal('KEY_UNREADABLE', 'cut off'))
    const ssh = '-----BEGIN OPENSSH PRIVATE KEY-----\nTWFu\n-----END OPENSSH PRIVATE KEY-----'
    expect(() => read(ssh)).toThrow(refusal('KEY_UNREADABLE', 'ssh-keygen'))
    const hollow = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nTWFu\n-----END ENCRYPTED PRIVATE KEY-----'
    expect(() => read(hollow, 'x')).toThrow(refusal('KEY_UNREADABLE', 'not an encrypted PKCS#8'))
  })

  it('refuses a key whose private half was damaged', () => {
    const der = Buffer.from(pemBlocks(text('rsa'))[0]!.base64!, 'base64')
    // The private exponent and one of its CRT halves: OpenSSL falls back from one to the other.
    for (const part of [0.35, 0.75]) der[Math.floor(der.length * part)]! ^= 0xff
    const bent = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----`
    expect(() => read(bent)).toThrow(refusal('KEY_UNREADABLE', 'damaged'))
  })
})
