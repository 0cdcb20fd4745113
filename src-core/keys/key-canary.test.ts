/** K1, K2: wherever a key goes in, nothing of it comes out: no file, no value, no fault shows it in any encoding. */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '#shared/fault.ts'
import { createIdentities, type Identities } from './identities.ts'
import { createMemorySecrets, type MemorySecrets } from './testing/memory-secrets.ts'
import {
  createOpensslMaterial,
  ecP256,
  type OpensslMaterial,
  openssl,
  opensslPresent,
  rsa2048,
  tppSubject,
} from './testing/openssl-material.ts'

/** Every secret part of the key, as bytes; whole structures are looked for by pieces, so that a part of them counts too. */
function secretParts(key: KeyObject): Buffer[] {
  const { d, p, q, dp, dq, qi } = key.export({ format: 'jwk' })
  const parts = [d, p, q, dp, dq, qi].flatMap((part) => (part === undefined ? [] : [Buffer.from(part, 'base64url')]))
  return parts.map((part) => part.subarray(0, 24))
}

/** Base64 of bytes inside a longer text depends on where they start: all three alignments, without their edges. */
const base64Forms = (bytes: Buffer): string[] =>
  [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes])
    return (['base64', 'base64url'] as const).map((encoding) => shifted.toString(encoding).slice(4, 28))
  })

function tracesOf(key: KeyObject, pem: string): string[] {
  const parts = secretParts(key)
  const decimal = parts.map((bytes) => [...bytes.subarray(0, 8)].join(','))
  const spaced = parts.map((bytes) => bytes.subarray(0, 8).toString('hex').match(/../g)!.join(' '))
  const lines = pem.split('\n').filter((line) => line.length >= 60)
  return [
    ...parts.flatMap((bytes) => [bytes.subarray(0, 12).toString('hex'), bytes.subarray(0, 12).toString('latin1')]),
    ...parts.flatMap(base64Forms),
    // What a Buffer or a typed array looks like when it is printed or turned into JSON.
    ...decimal,
    ...decimal.map((text) => text.replaceAll(',', ', ')),
    ...spaced,
    // The first line of a key is the same for all keys of its kind.
    ...lines.slice(1),
  ]
}

/** Everything a value shows, its cause chain, hidden properties and stack included. */
function shown(value: unknown): string {
  const deep = inspect(value, {
    depth: 20,
    showHidden: true,
    maxArrayLength: null,
    maxStringLength: null,
    getters: true,
  })
  const text = value instanceof Error ? `${value.message}\n${value.stack}\n${shown(value.cause)}` : ''
  return [deep, text, JSON.stringify(value) ?? ''].join('\n')
}

describe.skipIf(!opensslPresent())('the key', () => {
  let made: OpensslMaterial
  let folder: string
  let secrets: MemorySecrets
  let identities: Identities
  const certificates: Record<string, string> = {}
  const passphrase = 'canary passphrase 7a91'

  beforeAll(() => {
    made = createOpensslMaterial()
    for (const [name, form] of Object.entries({ rsa: rsa2048, ec: ecP256, other: rsa2048 })) {
      certificates[name] = made.certify({ key: made.key(name, ...form), subject: tppSubject })
      openssl('pkcs8', '-topk8', '-in', made.at(name), '-passout', `pass:${passphrase}`, '-out', made.at(`${name}.p8`))
    }
  })
  afterAll(() => made.remove())
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tpp-canary-'))
    secrets = createMemorySecrets()
    identities = createIdentities({ folder, secrets: () => secrets, orderCertificate: () => expect.unreachable() })
    return () => rm(folder, { recursive: true, force: true })
  })

  async function everythingIn(kind: string): Promise<unknown[]> {
    const key = made.read(kind)
    const encrypted = made.read(`${kind}.p8`)
    const attempts: (() => Promise<unknown>)[] = [
      () => identities.import({ name: 'wrong', certificates: certificates[kind]!, key: encrypted, passphrase: 'no' }),
      () => identities.import({ name: 'missing', certificates: certificates[kind]!, key: encrypted }),
      () => identities.import({ name: 'mismatch', certificates: certificates.other!, key }),
      () => identities.import({ name: 'alone', certificates: key }),
      () => identities.import({ name: 'two', certificates: certificates[kind]! + made.read('other'), key }),
      () => identities.import({ name: 'cut', certificates: certificates[kind]!, key: key.slice(0, -40) }),
      () => identities.import({ name: 'bent', certificates: certificates[kind]!, key: key.replace(/\n./, '\nA') }),
      () => identities.import({ name: 'certificate', certificates: key.replaceAll('PRIVATE KEY', 'CERTIFICATE') }),
      () => identities.import({ name: 'fine', certificates: certificates[kind]!, key: encrypted, passphrase }),
      () => identities.import({ name: 'again', certificates: certificates[kind]! + key }),
      () => identities.import({ name: 'swapped', certificates: key, key: certificates[kind]! }),
      () =>
        identities.import({
          name: 'label',
          certificates: certificates[kind]!,
          key: key.replaceAll('PRIVATE', 'EC PRIVATE'),
        }),
      () => identities.list(),
      () => identities.inspect('fine'),
      () => identities.resolve('fine'),
      async () => identities.secureContext((await identities.resolve('fine')).id, []),
      async () => identities.signer((await identities.resolve('fine')).id),
      async () => (await identities.signer((await identities.resolve('fine')).id)).sign('sha256', Buffer.of(1)),
      () => identities.resolve('nothing'),
      () => {
        for (const [id, secret] of secrets.held) secrets.held.set(id, secret.subarray(0, -30))
        identities.forget()
        return identities.inspect('fine').then(({ id }) => identities.signer(id))
      },
      () => identities.delete('fine'),
    ]
    const outcomes: unknown[] = []
    for (const attempt of attempts) outcomes.push(await attempt().catch((error: unknown) => error))
    return outcomes
  }

  async function filesIn(): Promise<string> {
    const names = await readdir(folder, { recursive: true })
    const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'latin1')))
    return [...names, ...texts].join('\n')
  }

  it.each(['rsa', 'ec'])('%s shows in no value, no fault and no file', async (kind) => {
    const pem = made.read(kind)
    const key = createPrivateKey(pem)
    const traces = [...tracesOf(key, pem), passphrase]
    // The search itself has to find the key where it is.
    const der = key.export({ type: 'pkcs8', format: 'der' })
    for (const visible of [
      pem,
      shown(der),
      der.toString('hex'),
      der.toString('latin1'),
      shown(key.export({ format: 'jwk' })),
    ]) {
      expect(traces.some((trace) => visible.includes(trace))).toBe(true)
    }
    await identities.import({ name: 'kept', certificates: certificates.other! + made.read('other') })
    const outcomes = await everythingIn(kind)
    const faults = outcomes.filter((outcome) => outcome instanceof Error)
    const codes = faults.map((fault) => (fault as Fault).code)
    expect(codes.slice(0, 3)).toEqual(['KEY_PASSPHRASE', 'KEY_PASSPHRASE', 'KEY_MISMATCH'])
    expect(codes.slice(-2)).toEqual(['IDENTITY_UNKNOWN', 'SECRET_DAMAGED'])
    expect(codes.length).toBeGreaterThanOrEqual(10)
    const seen = [...outcomes.map(shown), await filesIn()].join('\n')
    expect(traces.filter((trace) => seen.includes(trace))).toEqual([])
    expect(await filesIn()).not.toContain('PRIVATE KEY')
  })

  it('is not reachable by any call: no method answers key bytes', () => {
    const calls = [
      'damaged',
      'delete',
      'forget',
      'import',
      'inspect',
      'list',
      'order',
      'resolve',
      'secureContext',
      'signer',
    ]
    expect(Object.keys(identities).sort()).toEqual(calls)
  })
})
