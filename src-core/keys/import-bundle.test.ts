import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isFault } from '#shared/fault.ts'
import { type ChainMaterial, createChainMaterial } from './testing/chain-material.ts'
import { faultOf } from './testing/fault-of.ts'
import { opensslPresent } from './testing/openssl-material.ts'
import { createScratchIdentities, type ScratchIdentities } from './testing/scratch-identities.ts'

interface Text {
  certificates: string
  key?: string
}

const block = (label: string, base64: string): string => `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`

describe.skipIf(!opensslPresent())('what is no bundle', () => {
  let material: ChainMaterial
  let scratch: ScratchIdentities

  beforeAll(() => {
    material = createChainMaterial()
  })
  afterAll(() => material.made.remove())
  beforeEach(async () => {
    scratch = await createScratchIdentities()
  })
  afterEach(() => scratch.remove())

  const damaged = block('CERTIFICATE', 'TWFu')
  it.each<[string, (parts: ChainMaterial) => Text, string, string]>([
    ['no certificate', ({ keys }) => ({ certificates: keys.rsa }), 'certificates', 'no certificate in the text'],
    ['a request', ({ made }) => ({ certificates: made.read('request.csr') }), 'certificates', 'certificate request'],
    ['no PEM', () => ({ certificates: '0\x82\x03' }), 'certificates', '-inform der'],
    [
      'a cut certificate',
      ({ leaves, keys }) => ({ certificates: leaves.rsa.slice(0, 300) + keys.rsa }),
      'certificates',
      'cut off',
    ],
    [
      'a damaged one',
      ({ leaves, keys }) => ({ certificates: leaves.rsa + damaged + keys.rsa }),
      'certificates',
      'Certificate 2 of 2',
    ],
    ['no key', ({ leaves }) => ({ certificates: leaves.rsa }), 'key', 'no private key'],
    ['no key in key', ({ leaves }) => ({ certificates: leaves.rsa, key: leaves.ec }), 'key', 'text in key holds no'],
    [
      'several keys',
      ({ leaves, keys }) => ({ certificates: leaves.rsa + keys.rsa, key: keys.ec }),
      'key',
      '2 private keys',
    ],
  ])('refuses %s, naming field and remedy', async (_what, text, field, message) => {
    const fault = await faultOf(scratch.identities.import({ name: 'A', ...text(material) }))
    const code = field === 'key' ? 'KEY_UNREADABLE' : 'CERTIFICATE_UNREADABLE'
    expect(fault).toMatchObject({ code, details: { field }, message: expect.stringContaining(message) })
  })

  it('refuses more text than any bundle has', async () => {
    const fault = await faultOf(scratch.identities.import({ name: 'A', certificates: ' '.repeat(2 ** 20 + 1) }))
    expect(fault).toMatchObject({ code: 'INPUT_INVALID', details: { field: 'certificates' } })
  })

  it('refuses two certificates of one key', async () => {
    const { made, leaves, keys } = material
    const second = made.certify({ key: made.at('rsa'), subject: '/CN=Second' })
    const fault = await faultOf(scratch.identities.import({ name: 'A', certificates: leaves.rsa + second + keys.rsa }))
    const message = expect.stringContaining('2 certificates belong')
    expect(fault).toMatchObject({ code: 'CERTIFICATE_UNREADABLE', message })
  })

  /** The bundle cut, with replaced characters, blocks of random bytes, and no PEM at all. */
  function anyText(): fc.Arbitrary<string> {
    const whole = material.leaves.rsa + material.keys.rsa + material.issuing
    const place = fc.nat(whole.length - 1)
    const cut = fc.tuple(place, place).map(([a, b]) => whole.slice(Math.min(a, b), Math.max(a, b)))
    const edits = fc.array(fc.tuple(place, fc.string({ maxLength: 3, unit: 'binary' })), { minLength: 1, maxLength: 5 })
    const bent = edits.map((all) =>
      all.reduce((text, [at, put]) => text.slice(0, at) + put + text.slice(at + 1), whole),
    )
    const keyLabels = ['PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY']
    const labels = fc.constantFrom('CERTIFICATE', 'TRUSTED CERTIFICATE', ...keyLabels)
    const random = fc
      .tuple(labels, fc.uint8Array({ maxLength: 80 }))
      .map(([label, bytes]) => block(label, Buffer.from(bytes).toString('base64')))
    return fc.oneof(
      cut,
      bent,
      fc.array(random, { maxLength: 3 }).map((blocks) => blocks.join('')),
      fc.string({ unit: 'binary' }),
    )
  }

  it('is refused with a Fault, or imported, whatever the text', async () => {
    const passphrases = fc.option(fc.string(), { nil: undefined })
    await fc.assert(
      fc.asyncProperty(anyText(), passphrases, async (certificates, passphrase) => {
        const error: unknown = await scratch.identities.import({ name: 'Any', certificates, passphrase }).then(
          () => null,
          (thrown: unknown) => thrown,
        )
        expect(error === null || isFault(error)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})
