/** Answers above 2 MB: on disk, sealed, read back by range, gone when they are not wanted any more. */
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aRequest, createTestBank, type TestBank } from '../../test/servers/test-bank.ts'
import { type BodyFolder, createBodyFolder } from './body-folder.ts'
import { createTransport, type Transport } from './transport.ts'

const program = resolve(import.meta.dirname, '../../test/servers/send-once.ts')
const brotli = (body: Buffer) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
const megabyte = 1024 * 1024
let bank: TestBank
let parent: string
let bodies: BodyFolder
let transport: Transport

beforeAll(async () => {
  bank = await createTestBank()
})
beforeEach(() => {
  parent = join(mkdtempSync(join(tmpdir(), 'tpp-bodies-')), 'bodies')
  bodies = createBodyFolder(parent)
  transport = createTransport({ bodies })
})
afterEach(async () => {
  await transport.close()
  await bodies.close()
  await bank.stop()
  rmSync(join(parent, '..'), { recursive: true, force: true })
})

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : []

const get = async (body: Buffer, headers: Record<string, string> = {}, cap = 100_000_000) => {
  const origin = await bank.serve((_incoming, response) => response.writeHead(200, headers).end(body))
  return transport.send(aRequest(origin, { limits: { deadline: 20_000, bodyCap: cap } }), bank.anonymous())
}

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Repeats, so that it compresses, and says where it is. */
const text = (size: number): Buffer => {
  const lines: string[] = []
  for (let at = 0; at < size; at += 31) lines.push(`{"canary":"CANARY-${String(at).padStart(10, '0')}"},`)
  return Buffer.from(lines.join('')).subarray(0, size)
}

describe('a large answer', () => {
  it.each([
    ['as it is', (body: Buffer) => body, {}],
    ['gzip', gzipSync, { 'content-encoding': 'gzip' }],
    ['br', brotli, { 'content-encoding': 'br' }],
  ] as const)('is read back byte for byte by range (%s)', async (_name, code, headers) => {
    const body = text(5 * megabyte + 12_345)
    const { answer } = await get(code(body), headers)
    expect(answer).toMatchObject({ status: 200, size: body.length, stored: { size: body.length } })
    expect(answer?.body.equals(body.subarray(0, 2 * megabyte))).toBe(true)
    const { id } = answer!.stored!
    const parts: Buffer[] = []
    for (let at = 0; at < body.length; at += 777_777) parts.push(await bodies.read(id, at, 777_777))
    expect(sha(Buffer.concat(parts))).toBe(sha(body))
    for (const [start, length] of [
      [0, 1],
      [15, 2],
      [16, 16],
      [4_000_001, 33],
      [body.length - 3, 100],
    ] as const)
      expect(await bodies.read(id, start, length)).toEqual(body.subarray(start, start + length))
    expect(await bodies.read(id, body.length + 5, 10)).toEqual(Buffer.alloc(0))
  })

  it('lies in a file of our own that nobody else can read', async () => {
    await get(text(4 * megabyte))
    const [file = ''] = filesIn(parent)
    expect(filesIn(parent)).toHaveLength(1)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700)
    expect(readFileSync(file).includes('CANARY')).toBe(false)
    expect(statSync(file).size).toBe(4 * megabyte)
  })

  it('is removed when it is discarded, and all are when the folder is closed', async () => {
    const first = await get(text(3 * megabyte))
    const second = await get(text(3 * megabyte))
    expect(filesIn(parent)).toHaveLength(2)
    await bodies.discard(first.answer!.stored!.id)
    expect(filesIn(parent)).toHaveLength(1)
    await expect(bodies.read(first.answer!.stored!.id, 0, 1)).rejects.toThrow(/no longer kept/)
    expect(await bodies.read(second.answer!.stored!.id, 0, 2)).toHaveLength(2)
    await bodies.close()
    expect(filesIn(parent)).toEqual([])
    await expect(bodies.read(second.answer!.stored!.id, 0, 1)).rejects.toThrow(/no longer kept/)
  })

  it('of a process that was killed is removed, that of a running one is not', async () => {
    for (const name of ['999999999-abcd', `${process.ppid}-abcd`]) {
      mkdirSync(join(parent, name), { recursive: true })
      writeFileSync(join(parent, name, 'body'), 'x')
    }
    await get(text(3 * megabyte))
    expect(existsSync(join(parent, '999999999-abcd'))).toBe(false)
    expect(existsSync(join(parent, `${process.ppid}-abcd`, 'body'))).toBe(true)
  })

  it('does not fill the memory of the program that asked for it', async () => {
    const body = randomBytes(megabyte)
    const peakFor = async (megabytes: number) => {
      const origin = await bank.serve((_incoming, response) => {
        Readable.from(Array.from({ length: megabytes }, () => body)).pipe(response)
      })
      const order = JSON.stringify({ url: origin, extra: [bank.authority.ca], bodies: parent })
      const { stdout } = await promisify(execFile)(process.execPath, [program, order])
      const { size, peak } = JSON.parse(stdout) as { size: number; peak: number }
      expect(size).toBe(megabytes * megabyte)
      return peak
    }
    expect((await peakFor(90)) - (await peakFor(3))).toBeLessThan(60 * megabyte)
    // And it takes its files along when it ends.
    expect(filesIn(parent)).toEqual([])
  })
})

describe('what stays small', () => {
  it('is in memory whole, and no folder is made', async () => {
    const body = text(2 * megabyte)
    const { answer } = await get(body)
    expect(answer).toMatchObject({ size: body.length, stored: null })
    expect(answer?.body.equals(body)).toBe(true)
    expect(existsSync(parent)).toBe(false)
  })

  it('or large is in memory where there is no folder', async () => {
    await transport.close()
    transport = createTransport()
    const body = text(3 * megabyte)
    const { answer } = await get(body)
    expect(answer).toMatchObject({ size: body.length, stored: null })
    expect(answer?.body.equals(body)).toBe(true)
  })
})

describe('what cannot be kept', () => {
  it.each([
    ['as it is', (body: Buffer) => body, {}],
    ['a gzip bomb', gzipSync, { 'content-encoding': 'gzip' }],
    ['a br bomb', brotli, { 'content-encoding': 'br' }],
  ] as const)('because it is above the cap is refused and leaves nothing (%s)', async (_name, code, headers) => {
    const report = await get(code(Buffer.alloc(20 * megabyte, 'a')), headers, 8 * megabyte)
    expect(report).toMatchObject({ answer: null, delivery: 'answered', fault: { code: 'RESPONSE_TOO_LARGE' } })
    await expect.poll(() => filesIn(parent)).toEqual([])
  })

  it('because its coding is damaged leaves nothing', async () => {
    const sent = gzipSync(randomBytes(4 * megabyte))
    sent.fill(0, 3 * megabyte, 3 * megabyte + 100)
    const report = await get(sent, { 'content-encoding': 'gzip' })
    expect(report.fault?.code).toBe('RESPONSE_MALFORMED')
    await expect.poll(() => filesIn(parent)).toEqual([])
  })

  it('because the disk does not take it says so, and the next call works', async () => {
    writeFileSync(parent, 'a file where the folder should be')
    const report = await get(text(3 * megabyte))
    expect(report).toMatchObject({ answer: null, delivery: 'answered', fault: { code: 'DATA_UNWRITABLE' } })
    rmSync(parent)
    expect((await get(text(3 * megabyte))).answer?.stored).not.toBeNull()
  })

  it('because the call is cancelled leaves nothing', async () => {
    const origin = await bank.serve((_incoming, response) => {
      response.writeHead(200)
      response.write(text(5 * megabyte))
    })
    const controller = new AbortController()
    const sending = transport.send(aRequest(origin), bank.anonymous(), controller.signal)
    await expect.poll(() => filesIn(parent)).toHaveLength(1)
    controller.abort()
    expect((await sending).fault?.code).toBe('CANCELLED')
    await expect.poll(() => filesIn(parent)).toEqual([])
  })
})
