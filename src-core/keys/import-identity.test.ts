import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { identityViewSchema } from '#shared/contract/keys.ts'
import { type ChainMaterial, createChainMaterial, type LeafName } from './testing/chain-material.ts'
import { faultOf } from './testing/fault-of.ts'
import { openssl, opensslPresent } from './testing/openssl-material.ts'
import { createScratchIdentities, type ScratchIdentities } from './testing/scratch-identities.ts'

describe.skipIf(!opensslPresent())('importing', () => {
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

  const warningsOf = ({ warnings }: { warnings: { id: string }[] }) => warnings.map(({ id }) => id)
  const at = (name: string) => material.made.at(name)
  const printed = (name: string) => openssl('x509', '-in', at(name), '-text')

  it.each<[string, (parts: ChainMaterial) => string[]]>([
    ['leaf, chain, key', ({ leaves, issuing, root, keys }) => [leaves.rsa, issuing, root, keys.rsa]],
    ['key, root, issuing, leaf', ({ leaves, issuing, root, keys }) => [keys.rsa, root, issuing, leaves.rsa]],
    [
      'key, leaf, root, issuing, key, leaf',
      ({ leaves, issuing, root, keys }) => [keys.rsa, leaves.rsa, root, issuing, keys.rsa, leaves.rsa],
    ],
    [
      'with CRLF',
      ({ leaves, issuing, root, keys }) =>
        [root, keys.rsa, leaves.rsa, issuing].map((text) => text.replaceAll('\n', '\r\n')),
    ],
    [
      'with what openssl prints',
      ({ keys }) => [printed('issuing.pem'), printed('root.pem'), printed('rsa.pem'), keys.rsa],
    ],
  ])('takes a bundle in any order: %s', async (_form, parts) => {
    const { identities } = scratch
    const view = await identities.import({ name: 'Bundle', certificates: parts(material).join('') })
    expect(identityViewSchema.parse(view)).toEqual(view)
    expect(view).toMatchObject({ name: 'Bundle', kind: 'none', key: { type: 'RSA', bits: 2048 } })
    expect(view.subject).toBe('CN=Exempel,organizationIdentifier=PSDSE-FINA-5560123456,O=Exempel AB,C=SE')
    const { chain, keyState } = await identities.inspect(view.id)
    expect(chain.map(({ subject }) => subject)).toEqual(['CN=Issuing,C=SE', 'CN=Root,C=SE'])
    expect(keyState).toBe('present')
    expect(warningsOf(view)).toEqual(['no-qc-statements'])
  })

  it('takes the key by itself, encrypted or not, and a leaf without its chain', async () => {
    openssl('pkcs8', '-topk8', '-in', at('ec'), '-passout', 'pass:hemligt', '-out', at('ec.p8'))
    const input = { name: 'EC', certificates: material.leaves.ec, key: material.made.read('ec.p8') }
    const fault = await faultOf(scratch.identities.import(input))
    expect(fault).toMatchObject({ code: 'KEY_PASSPHRASE', details: { field: 'passphrase' } })
    const view = await scratch.identities.import({ ...input, passphrase: 'hemligt' })
    expect(view.key).toEqual({ type: 'EC', curve: 'P-256' })
    expect(warningsOf(view)).toEqual(['no-qc-statements', 'chain-incomplete'])
  })

  it('takes what openssl pkcs12 prints', async () => {
    material.made.write('chain.pem', material.issuing + material.root)
    const input = ['-in', at('rsa.pem'), '-inkey', at('rsa'), '-certfile', at('chain.pem')]
    openssl('pkcs12', '-export', ...input, '-name', 'Räksmörgås', '-passout', 'pass:x', '-out', at('all.p12'))
    const text = openssl('pkcs12', '-in', at('all.p12'), '-passin', 'pass:x', '-passout', 'pass:hemligt')
    expect(text).toContain('Bag Attributes')
    const view = await scratch.identities.import({ name: 'P12', certificates: text, passphrase: 'hemligt' })
    expect((await scratch.identities.inspect(view.id)).chain).toHaveLength(2)
  })

  it.each<[LeafName, LeafName]>([
    ['rsa', 'otherRsa'],
    ['rsa', 'otherEc'],
    ['ec', 'otherRsa'],
    ['ec', 'otherEc'],
  ])('refuses the certificate of %s with the key of %s and names both fingerprints', async (mine, other) => {
    const { identities, secrets } = scratch
    const certificates = material.issuing + material.leaves[mine] + material.root
    const fault = await faultOf(identities.import({ name: 'Mixed', certificates, key: material.keys[other] }))
    const publicKeySha256 = (name: string): string => {
      openssl('pkey', '-in', at(name), '-pubout', '-outform', 'der', '-out', at('spki'))
      return openssl('dgst', '-sha256', '-r', at('spki')).slice(0, 64)
    }
    const print = openssl('x509', '-in', at(`${mine}.pem`), '-noout', '-fingerprint', '-sha256')
    const wanted = {
      certificate: {
        sha256: print.split('=')[1]!.replaceAll(':', '').trim().toLowerCase(),
        publicKeySha256: publicKeySha256(mine),
      },
      key: { publicKeySha256: publicKeySha256(other) },
    }
    expect(fault).toMatchObject({ code: 'KEY_MISMATCH', details: wanted })
    expect(fault.message).toContain(wanted.certificate.sha256)
    expect(fault.message).toContain(wanted.certificate.publicKeySha256)
    expect(fault.message).toContain(wanted.key.publicKeySha256)
    expect([await identities.list(), secrets.held.size]).toEqual([[], 0])
  })

  it('leaves out certificates that do not belong to the chain, and says so', async () => {
    const { leaves, issuing, keys } = material
    const certificates = leaves.ec + leaves.rsa + issuing + keys.rsa
    expect(warningsOf(await scratch.identities.import({ name: 'A', certificates }))[0]).toBe('certificates-left-out')
    const { chain } = await scratch.identities.inspect('A')
    expect(chain.map(({ subject }) => subject)).toEqual(['CN=Issuing,C=SE'])
  })
})
