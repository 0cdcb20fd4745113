/** `vault.json`: how the key of a vault comes from its passphrase, with parameters that can be neither weakened nor made absurd. */

import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import { Fault } from '#shared/fault.ts'
import { subkey } from './sealed-file.ts'

/** The names and meaning of RFC 7914: N cost, r block size, p parallelisation; memory is 128 · N · r bytes. */
export interface KdfCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** 128 MiB and about 300 ms; what is written, and the least that is read. */
export const releaseCost: KdfCost = { N: 2 ** 17, r: 8, p: 1 }
/** The most that is read: 1 GiB. A header asking for more would only stop the machine. */
const highestCost: KdfCost = { N: 2 ** 20, r: 16, p: 4 }
const highestMemory = 2 ** 30

export const shortestPassphrase = 12

const schema = z.looseObject({
  version: z.number().int(),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  kdf: z.string(),
  N: z.number().int(),
  r: z.number().int(),
  p: z.number().int(),
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  check: z.string().regex(/^[0-9a-f]{64}$/),
})

export type VaultHeader = Readonly<z.infer<typeof schema>>

/** @throws Fault DATA_DAMAGED, DATA_NEWER, VAULT_REFUSED; the file stays as it is. @param least for tests only */
export function readHeader(bytes: Uint8Array, least: KdfCost = releaseCost): VaultHeader {
  const header = parse(bytes)
  if (header.version > 1) throw new Fault('DATA_NEWER', 'The vault was written by a newer version of the workbench.')
  if (header.version < 1 || header.kdf !== 'scrypt') throw refused('it names another key derivation than we write')
  for (const name of ['N', 'r', 'p'] as const) {
    if (header[name] < least[name]) throw refused(`${name} is ${header[name]}, less than ${least[name]}`)
    if (header[name] > highestCost[name]) throw refused(`${name} is ${header[name]}, more than ${highestCost[name]}`)
  }
  if (128 * header.N * header.r > highestMemory) throw refused('N and r together ask for more than 1 GiB of memory')
  if (!Number.isInteger(Math.log2(header.N))) throw refused(`N is ${header.N}, no power of two`)
  return header
}

/** @returns a new header and its 32-byte key. @throws Fault VAULT_PASSPHRASE_SHORT */
export async function makeHeader(passphrase: string, cost: KdfCost = releaseCost) {
  const bare = {
    version: 1,
    id: randomBytes(16).toString('hex'),
    kdf: 'scrypt',
    N: cost.N,
    r: cost.r,
    p: cost.p,
    salt: randomBytes(32).toString('hex'),
  }
  const key = await derive(passphrase, bare.salt, cost)
  return { header: { ...bare, check: checkOf(bare, key).toString('hex') } satisfies VaultHeader, key }
}

/**
 * @returns the 32-byte key.
 * @throws Fault VAULT_PASSPHRASE_WRONG, also for a salt, id or check changed by hand: telling which would help a guesser only.
 */
export async function openHeader(header: VaultHeader, passphrase: string): Promise<Buffer> {
  const key = await derive(passphrase, header.salt, header)
  if (timingSafeEqual(checkOf(header, key), Buffer.from(header.check, 'hex'))) return key
  key.fill(0)
  const message =
    'The vault does not open with this passphrase. If you are sure of it, vault.json was changed: compare it with vault.json.bak.'
  throw new Fault('VAULT_PASSPHRASE_WRONG', message)
}

type Bare = KdfCost & { version: number; id: string; kdf: string; salt: string }

/** Authenticates every parameter: JSON of the fields in one fixed order, under a key only the passphrase gives. */
function checkOf(header: Bare, key: Uint8Array): Buffer {
  const fields = [header.version, header.id, header.kdf, header.N, header.r, header.p, header.salt]
  const checkKey = subkey(key, new Uint8Array(), 'vault header')
  return createHmac('sha256', checkKey).update(JSON.stringify(fields)).digest()
}

const scryptAsync = promisify<string, Uint8Array, number, object, Buffer>(scrypt)

async function derive(passphrase: string, salt: string, { N, r, p }: KdfCost): Promise<Buffer> {
  // NFKC: the same keys pressed on macOS and elsewhere give different code points for the same text.
  const text = passphrase.normalize('NFKC')
  if (text === '') throw new Fault('VAULT_PASSPHRASE_MISSING')
  if ([...text].length < shortestPassphrase) {
    const message = `The passphrase of a vault has at least ${shortestPassphrase} characters.`
    throw new Fault('VAULT_PASSPHRASE_SHORT', message, { shortest: shortestPassphrase })
  }
  // Node's own limit is 32 MiB; scrypt needs 128·N·r, 128·r·p and a little more.
  return scryptAsync(text, Buffer.from(salt, 'hex'), 32, { N, r, p, maxmem: 128 * r * (N + p) + 1024 * 1024 })
}

function parse(bytes: Uint8Array): VaultHeader {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (error) {
    const message =
      'vault.json is damaged. It was left as it is; restore it from vault.json.bak beside it or from a backup.'
    throw new Fault('DATA_DAMAGED', message, { file: 'vault.json' }, error)
  }
}

const refused = (why: string): Fault =>
  new Fault(
    'VAULT_REFUSED',
    `vault.json was refused: ${why}. It was left as it is; restore it from vault.json.bak beside it or from a backup.`,
    { file: 'vault.json' },
  )
