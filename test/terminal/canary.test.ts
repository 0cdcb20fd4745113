/** K1, K2: a known private key goes through import, listing, mutual TLS, failures and deletion, and is found nowhere outside the store. */
import 'reflect-metadata'
import { createPrivateKey, generateKeyPairSync, type KeyObject, type webcrypto } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as x509 from '@peculiar/x509'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyNoKeyringTests } from '../keyring/keyring-tests-possible.ts'
import { makePrivateKeyring, type PrivateKeyring } from '../keyring/private-keyring.ts'
import { openTerminal, type Terminal } from './terminal.ts'

const organisation = 'PSDSE-FINA-5560009999'
const passphrase = 'canary passphrase 4711'
const program = resolve(import.meta.dirname, '../../out/main/tpp.js')
const noKeyring = whyNoKeyringTests()

interface Canary {
  readonly key: KeyObject
  readonly pem: string
  readonly encryptedPem: string
  /** Everything the key must not appear as, as Latin-1 text. */
  readonly forms: readonly string[]
}

function makeCanary(): Canary {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
  const encryptedPem = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase }) as string
  const pkcs1 = privateKey.export({ format: 'der', type: 'pkcs1' })
  const numbers = privateKey.export({ format: 'jwk' })
  const secretNumbers = [numbers.d, numbers.p, numbers.q, numbers.dp, numbers.dq, numbers.qi].map((text) =>
    Buffer.from(text!, 'base64url'),
  )
  const bytes = [privateKey.export({ format: 'der', type: 'pkcs8' }), pkcs1, ...secretNumbers]
  const inner = bytes.flatMap((each) => [
    each.toString('latin1'),
    each.toString('hex'),
    each.toString('base64'),
    each.toString('base64url'),
  ])
  const pemLines = pem.split('\n').filter((line) => line.length === 64)
  return { key: privateKey, pem, encryptedPem, forms: [...inner, ...pemLines, passphrase] }
}

/** A certificate of the sandbox's QTSP over the canary's public key, got by its control API as any program could. */
async function certify(canary: Canary, home: string): Promise<string> {
  const running = JSON.parse(await readFile(join(home, 'sandbox', 'running.json'), 'utf8')) as {
    control: string
    token: string
  }
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const
  const publicKey = createPrivateKey(canary.pem)
  const keys = {
    privateKey: publicKey.toCryptoKey(algorithm, false, ['sign']),
    publicKey: (await import('node:crypto')).createPublicKey(publicKey).toCryptoKey(algorithm, true, ['verify']),
  } as webcrypto.CryptoKeyPair
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ C: ['SE'] }, { O: ['Canary AB'] }, { '2.5.4.97': [organisation] }, { CN: ['canary.example'] }],
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.Extension('1.3.6.1.5.5.7.1.3', false, qcStatements())],
  })
  const answer = await fetch(`${running.control}/qtsp/certificates`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ csr: request.toString('pem'), kind: 'QWAC' }),
  })
  const issued = (await answer.json()) as { certificate: string; chain: string[] }
  expect(answer.status, JSON.stringify(issued)).toBeLessThan(300)
  return [issued.certificate, ...issued.chain].join('\n')
}

/** ETSI TS 119 495 section 5.1: PSP_AI, with the Swedish authority. */
function qcStatements(): Buffer {
  const tlv = (tag: number, ...parts: Buffer[]) => {
    const content = Buffer.concat(parts)
    return Buffer.concat([
      Buffer.from([tag, ...(content.length < 128 ? [content.length] : [0x81, content.length])]),
      content,
    ])
  }
  const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'))
  const utf8 = (text: string) => tlv(0x0c, Buffer.from(text))
  const roles = tlv(0x30, tlv(0x30, oid('04008198270103'), utf8('PSP_AI')))
  const psd2 = tlv(
    0x30,
    oid('040081982702'),
    tlv(0x30, roles, utf8('Swedish Financial Supervisory Authority'), utf8('SE-FINA')),
  )
  const web = tlv(0x30, oid('04008e460106'), tlv(0x30, oid('04008e46010603')))
  return tlv(0x30, tlv(0x30, oid('04008e460101')), web, psd2)
}

/** Names of the files and outputs a form of the key stands in. */
async function findings(canary: Canary, folder: string, outputs: Record<string, string>): Promise<string[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const hits: string[] = []
  for (const entry of entries) {
    const text = await readFile(join(entry.parentPath, entry.name), 'latin1').catch(() => '')
    if (canary.forms.some((form) => text.includes(form))) hits.push(join(entry.parentPath, entry.name))
  }
  for (const [name, text] of Object.entries(outputs))
    if (canary.forms.some((form) => text.includes(form))) hits.push(name)
  return hits
}

let terminal: Terminal
let certificates = ''
const canary = makeCanary()
const files = { good: '', encrypted: '', passphrase: '', stranger: '' }

beforeAll(async () => {
  terminal = await openTerminal()
  await terminal.start(['sandbox', '--json'])
  certificates = await certify(canary, terminal.home)
  // The files a person brings lie outside the data folder.
  const outside = join(terminal.home, '..')
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    format: 'pem',
    type: 'pkcs8',
  }) as string
  for (const [name, text] of Object.entries({
    good: canary.pem + certificates,
    encrypted: canary.encryptedPem + certificates,
    passphrase,
    stranger: other + certificates,
  })) {
    files[name as keyof typeof files] = join(outside, `${name}.txt`)
    await writeFile(files[name as keyof typeof files], text, { mode: 0o600 })
  }
})
afterAll(() => terminal.close())

/** What a user does with a key, failures included; every line that comes back. */
async function useKey(
  run: (args: string[]) => Promise<{ exit: number | null; stdout: string; stderr: string }>,
): Promise<Record<string, string>> {
  const outputs: Record<string, string> = {}
  const step = async (expected: number, ...args: string[]) => {
    const { exit, stdout, stderr } = await run([...args, '--json'])
    outputs[args.join(' ')] = stdout + stderr
    expect(exit, `${args.join(' ')}: ${stdout}${stderr}`).toBe(expected)
  }
  await step(4, 'keys', 'import', files.encrypted, '--name', 'canary')
  await step(4, 'keys', 'import', files.stranger, '--name', 'canary')
  await step(0, 'keys', 'import', files.encrypted, '--name', 'canary', '--passphrase-file', files.passphrase)
  await step(0, 'keys', 'import', files.good, '--name', 'canary')
  await step(0, 'keys', 'list')
  await step(0, 'keys', 'inspect', 'canary')
  await step(0, 'register', 'ica-banken')
  await step(0, 'access', 'authorise', 'ica-banken', '--scope', 'account', '--psu', 'Anna Andersson')
  await step(0, 'call', 'ica-banken', 'ica-accounts-list', 'PSU-IP-Address=192.0.2.7')
  await step(1, 'call', 'ica-banken', 'ica-accounts-list', '--grant', 'none')
  await step(0, 'history')
  return outputs
}

describe('the canary key', () => {
  it('the search finds it where it is', async () => {
    expect(await findings(canary, join(terminal.home, '..'), {})).toEqual(
      expect.arrayContaining([expect.stringContaining('good.txt')]),
    )
  })

  it('is nowhere outside the vault', async () => {
    const outputs = await useKey((args) => terminal.run(args))
    expect(await findings(canary, terminal.home, outputs)).toEqual([])
    expect((await terminal.run(['keys', 'delete', 'canary', '--json'])).exit).toBe(0)
  })

  describe.skipIf(noKeyring !== null)('with the OS keychain', () => {
    let keyring: PrivateKeyring
    beforeAll(async () => {
      keyring = await makePrivateKeyring()
    })
    afterAll(() => keyring.remove())

    it('is nowhere outside the keychain, and gone from it when deleted', async () => {
      const environment = { TPP_HOME: terminal.home, TPP_SECRETS: 'keychain' }
      const run = async (args: string[]) => {
        const { code, stdout, stderr } = await keyring.run('unlocked', [process.execPath, program, ...args], {
          environment,
        })
        return { exit: code, stdout, stderr }
      }
      const outputs = await useKey(run)
      expect(await findings(canary, terminal.home, outputs)).toEqual([])
      expect(await findings(canary, keyring.home, {})).toEqual([])
      expect((await run(['keys', 'delete', 'canary', '--json'])).exit).toBe(0)
      expect((await run(['keys', 'inspect', 'canary', '--json'])).exit).toBe(3)
    })

    it.each([
      ['locked', 'KEYCHAIN_LOCKED'],
      ['absent', 'KEYCHAIN_ABSENT'],
      ['denied', 'KEYCHAIN_DENIED'],
    ] as const)('%s has its own sentence, and nothing is created', async (state, code) => {
      const environment = { TPP_HOME: terminal.home, TPP_SECRETS: 'keychain' }
      const run = await keyring.run(
        state,
        [process.execPath, program, 'keys', 'import', files.good, '--name', 'other', '--json'],
        { environment },
      )
      expect(run.code, run.stdout + run.stderr).toBe(4)
      expect(JSON.parse(run.stdout)).toMatchObject({ fault: { code } })
      const doctor = await keyring.run(state, [process.execPath, program, 'doctor', '--json'], { environment })
      const { checks } = JSON.parse(doctor.stdout) as { checks: { id: string; ok: boolean; remedy: string | null }[] }
      expect(checks.find((check) => check.id === 'key-store')).toMatchObject({ ok: false, remedy: expect.any(String) })
      expect(await terminal.run(['keys', 'list', '--json']).then((list) => list.json<unknown[]>())).toEqual([])
    })
  })
})
