/** Answers above 2 MB through the whole engine: kept sealed, read by range, gone with their exchange, never in the clear. */
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { chmod, mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Exchange } from '#shared/contract/exchange.ts'
import { Fault } from '#shared/fault.ts'
import { type InProcess, openInProcess, target } from '../../test/terminal/in-process.ts'
import { openWorkbench, type Workbench } from '../workbench.ts'

const megabyte = 1024 * 1024
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJDQU5BUlkifQ.Q0FOQVJZLXNpZ25hdHVyZQ'
const secrets = ['kn4ry-member', 'kn4ry-cookie', 'kn4ry-code', 'kn4ry-own-token', jwt]
const row = (index: number) =>
  JSON.stringify({
    no: index,
    name: 'Zürich – Öl',
    access_token: 'kn4ry-member',
    echo: `Cookie: sid=kn4ry-cookie`,
    link: 'https://tpp.example/cb?code=kn4ry-code',
    own: 'for kn4ry-own-token only',
    token: jwt,
  })

/** JSON of at least so many bytes. */
function listOf(size: number): Buffer {
  const one = Buffer.byteLength(row(100_000)) + 1
  return Buffer.from(`[${Array.from({ length: Math.ceil(size / one) }, (_, index) => row(100_000 + index)).join(',')}]`)
}

interface Reply {
  status?: number
  headers?: Record<string, string>
  body: Buffer
}
let reply: Reply
let terminal: InProcess
const closing: Workbench[] = []

beforeEach(async () => {
  reply = { body: Buffer.alloc(0) }
  terminal = await openInProcess((_incoming, response) => {
    const { status = 200, headers = {}, body } = reply
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
})
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close()
  await terminal.close()
})

const client = () => terminal.workbench().client
const draft = { ...target, operation: 'bog-products-list', parameters: { locale: 'en' } }
const send = (given: Partial<Parameters<ReturnType<typeof client>['requests']['send']>[0]> = {}): Promise<Exchange> =>
  client().requests.send({ ...draft, headers: { Authorization: 'Bearer kn4ry-own-token' }, insist: true, ...given })

async function readAll(exchange: string, length: number): Promise<string> {
  let text = ''
  for (let from = 0; ; ) {
    const { to, size, content } = await client().requests.body({ exchange, from, length })
    text += content
    if (to >= size) return text
    expect(to).toBeGreaterThan(from)
    from = to
  }
}

const filesIn = (...folder: string[]): string[] => {
  const path = join(terminal.data, ...folder)
  return existsSync(path)
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((each) => each.isFile())
        .map(({ name }) => name)
    : []
}
const kept = () => filesIn('history-bodies')
const scratch = () => filesIn('cache', 'answers')

/** What the whole body reads like without its secrets, by the rows it is made of. */
function expectClean(text: string, rows: number): void {
  for (const secret of secrets) expect(text.includes(secret), secret).toBe(false)
  const list = JSON.parse(text) as Record<string, unknown>[]
  expect(list).toHaveLength(rows)
  for (const [index, each] of list.entries())
    if (each.no !== 100_000 + index || each.name !== 'Zürich – Öl' || each.access_token !== '[redacted]')
      expect(each).toBe(index)
}

describe('a large answer', () => {
  it('comes as its beginning, and is read whole by range at borders of characters, without a secret', async () => {
    reply.body = listOf(5 * megabyte)
    const rows = (JSON.parse(reply.body.toString()) as unknown[]).length
    const exchange = await send()
    const { response } = exchange
    expect(response).toMatchObject({ status: 200, size: reply.body.length, bodyComplete: false })
    expect(Buffer.byteLength(response!.body)).toBeLessThanOrEqual(64 * 1024)
    expect(Buffer.byteLength(response!.body)).toBeGreaterThan(63 * 1024)
    expect(response!.stored!.size).toBeLessThan(response!.size)
    const whole = await readAll(exchange.id, 65_537)
    expectClean(whole, rows)
    expect(Buffer.byteLength(whole)).toBe(response!.stored!.size)
    expect(whole.startsWith(response!.body)).toBe(true)
    expect(response!.stored!.shown).toBe(Buffer.byteLength(response!.body))
    expect(await readAll(exchange.id, megabyte)).toBe(whole)
    // Nothing of it is on disk in the clear, not even what is no secret.
    const disk = await terminal.everyFile()
    for (const canary of [...secrets, 'Cookie: sid', '"name":"Z']) expect(disk.includes(canary), canary).toBe(false)
    expect(kept()).toEqual([exchange.id])
    expect(scratch()).toEqual([])
  }, 60_000)

  it('is there after a restart, and is shown, searched and explained like any other', async () => {
    reply = {
      status: 401,
      body: Buffer.from(`{"title":"no","code":"kn4ry-own-token","rows":${listOf(3 * megabyte).toString()}}`),
    }
    const exchange = await send()
    await terminal.restart()
    expect(await client().history.show({ id: exchange.id })).toEqual({ ...exchange, bodies: 'kept' })
    expect(await client().history.list({ words: exchange.id })).toHaveLength(1)
    expect(await readAll(exchange.id, megabyte)).toMatch(/^{"title":"no","code":"\[redacted]","rows":\[/)
  }, 60_000)

  it('is binary as it came', async () => {
    reply = {
      body: Buffer.alloc(3 * megabyte, Buffer.from([0xff, 0x00, 0xa0, 0xc3, 0x28])),
      headers: { 'content-type': 'application/pdf' },
    }
    const { id } = await send()
    const parts: Buffer[] = []
    for (let from = 0; from < reply.body.length; from += 999_999)
      parts.push(
        Buffer.from(
          (await client().requests.body({ exchange: id, from, length: 999_999, as: 'base64' })).content,
          'base64',
        ),
      )
    expect(Buffer.concat(parts).equals(reply.body)).toBe(true)
  })

  it.each([
    ['as it is', (body: Buffer) => body, {}],
    ['gzip', gzipSync, { 'content-encoding': 'gzip' }],
  ] as const)(
    'may have 50 MB (%s)',
    async (_name, code, headers) => {
      const body = listOf(50 * megabyte)
      reply = { body: code(body), headers }
      const exchange = await send({ deadline: 120_000 })
      expect(exchange.response).toMatchObject({ size: body.length, bodyComplete: false })
      const { size } = exchange.response!.stored!
      const last = await client().requests.body({ exchange: exchange.id, from: size - 300, length: 4096 })
      expect(last.to).toBe(size)
      expect(last.content).toMatch(/"token":"\[redacted]"}]$/)
    },
    180_000,
  )

  it('above the cap is a fault and leaves nothing', async () => {
    reply = { body: gzipSync(Buffer.alloc(65 * megabyte, 'a')), headers: { 'content-encoding': 'gzip' } }
    await expect(send({ deadline: 120_000 })).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' })
    expect(kept()).toEqual([])
    await expect.poll(scratch).toEqual([])
  }, 120_000)
})

describe('it goes', () => {
  it('with its exchange, by a word or by its age', async () => {
    reply.body = listOf(3 * megabyte)
    const [one, two, three] = [await send(), await send(), await send()]
    expect(kept()).toHaveLength(3)
    await client().history.delete({ ids: [one.id] })
    expect(kept().toSorted()).toEqual([two.id, three.id].toSorted())
    await expect(client().requests.body({ exchange: one.id })).rejects.toMatchObject({ code: 'EXCHANGE_UNKNOWN' })
    await client().history.keepFor({ days: null, count: 1 })
    expect(kept()).toEqual([three.id])
    await client().history.delete({ all: true })
    expect(kept()).toEqual([])
  }, 60_000)

  it('when nothing has its name any more, with the next start', async () => {
    reply.body = listOf(3 * megabyte)
    const exchange = await send()
    const folder = join(terminal.data, 'history-bodies')
    const other = '00000000-0000-4000-8000-000000000000'
    await writeFile(join(folder, other), 'left over')
    await writeFile(join(folder, `${other}.999999999-0123abcd`), 'of a process that was killed')
    // Killed between writing the exchange and saying so of its body.
    renameSync(join(folder, exchange.id), join(folder, `${exchange.id}.999999999-0123abcd`))
    await mkdir(join(terminal.data, 'cache', 'answers', '999999999-0123abcd'), { recursive: true })
    writeFileSync(join(terminal.data, 'cache', 'answers', '999999999-0123abcd', 'body'), 'noise')
    await terminal.restart()
    await expect.poll(scratch).toEqual([])
    await client().history.list({})
    await expect.poll(kept).toEqual([exchange.id])
    expect((await client().requests.body({ exchange: exchange.id })).size).toBe(exchange.response!.stored!.size)
  })
})

describe('where the history', () => {
  it('cannot be written the body is read as long as the workbench runs, and then is gone', async () => {
    reply.body = listOf(3 * megabyte)
    await client().history.list({})
    await terminal.workbench().close()
    await writeFile(join(terminal.data, 'history.sqlite'), '')
    await chmod(join(terminal.data, 'history.sqlite'), 0o600)
    await terminal.restart()
    // A folder where the database's log should be: nothing can be written.
    await mkdir(join(terminal.data, 'history.sqlite-journal'), { recursive: true })
    await mkdir(join(terminal.data, 'history.sqlite-wal'), { recursive: true })
    const exchange = await send()
    expect(exchange.findings).toContainEqual(expect.objectContaining({ id: 'not-recorded' }))
    expect(kept()).toEqual([])
    expectClean(await readAll(exchange.id, megabyte), (JSON.parse(reply.body.toString()) as unknown[]).length)
    await terminal.workbench().lock()
    expect(scratch()).toEqual([])
    await expect(client().requests.body({ exchange: exchange.id })).rejects.toThrow()
  })

  it('has no key the body stays for this session only', async () => {
    await terminal.workbench().close()
    const nobody = () => Promise.reject(new Fault('VAULT_PASSPHRASE_MISSING'))
    const workbench = await openWorkbench({
      dataFolder: terminal.data,
      resourcesFolder: resolve(import.meta.dirname, '../../resources'),
      secrets: { choice: 'vault', passphrase: nobody },
      openInBrowser: async () => false,
      sandboxProgram: { command: process.execPath, args: [] },
    })
    closing.push(workbench)
    vi.spyOn(terminal, 'workbench').mockReturnValue(workbench)
    reply.body = listOf(3 * megabyte)
    const exchange = await send()
    expect(exchange.response!.stored).not.toBeNull()
    expect(kept()).toEqual([])
    expect((await readAll(exchange.id, megabyte)).length).toBeGreaterThan(megabyte)
    expect((await client().history.show({ id: exchange.id })).response).toMatchObject({
      stored: null,
      bodyComplete: false,
    })
    await client().history.delete({ ids: [exchange.id] })
    expect(scratch()).toEqual([])
  })
})

describe('a disk that does not take it', () => {
  it('beside the history costs only what is kept for later', async () => {
    await writeFile(join(terminal.data, 'history-bodies'), 'a file where the folder should be')
    reply.body = listOf(3 * megabyte)
    const exchange = await send()
    expect(exchange.findings).toContainEqual(expect.objectContaining({ id: 'body-not-kept', severity: 'warning' }))
    expectClean(await readAll(exchange.id, megabyte), (JSON.parse(reply.body.toString()) as unknown[]).length)
    await terminal.restart()
    await expect(client().requests.body({ exchange: exchange.id })).rejects.toMatchObject({ code: 'EXCHANGE_UNKNOWN' })
    expect((await client().history.show({ id: exchange.id })).response!.body).toBe(exchange.response!.body)
  })

  it('while it arrives is a fault by name, and the exchange is in history', async () => {
    await mkdir(join(terminal.data, 'cache'), { recursive: true })
    await writeFile(join(terminal.data, 'cache', 'answers'), 'a file where the folder should be')
    reply.body = listOf(3 * megabyte)
    await expect(send()).rejects.toMatchObject({ code: 'DATA_UNWRITABLE' })
    expect(await client().history.list({})).toMatchObject([{ fault: 'DATA_UNWRITABLE', status: null }])
  })
})

describe('what was done to a kept body', () => {
  it.each([
    [
      'a changed byte',
      async (path: string) => {
        const bytes = await readFile(path)
        bytes[bytes.length - 40]! ^= 1
        await writeFile(path, bytes)
      },
    ],
    ['an end cut off at a chunk', (path: string) => truncate(path, 25 + 3 * (64 * 1024 + 16))],
  ])('is noticed: %s', async (_name, damage) => {
    reply.body = listOf(3 * megabyte)
    const { id } = await send()
    await damage(join(terminal.data, 'history-bodies', id))
    await expect(readAll(id, megabyte)).rejects.toMatchObject({ code: 'SECRET_DAMAGED' })
  })

  it('and it does not open under the name of another exchange', async () => {
    reply.body = listOf(3 * megabyte)
    const [one, two] = [await send(), await send()]
    renameSync(join(terminal.data, 'history-bodies', one.id), join(terminal.data, 'history-bodies', two.id))
    await expect(client().requests.body({ exchange: two.id })).rejects.toMatchObject({ code: 'SECRET_DAMAGED' })
  })
})

describe('comparing two', () => {
  it('says where they begin to differ, and nothing where they are the same', async () => {
    reply.body = listOf(3 * megabyte)
    const [one, two] = [await send(), await send()]
    const same = await client().history.compare({ a: one.id, b: two.id })
    expect(same.notCompared).toEqual([])
    expect(same.differences.filter(({ part }) => part === 'response-body')).toEqual([])
    reply.body = Buffer.from(reply.body.toString().replaceAll('"no":107000', '"no":207000'))
    const three = await send()
    const { notCompared, differences } = await client().history.compare({ a: one.id, b: three.id })
    const at = (await readAll(one.id, megabyte)).indexOf('107000')
    expect(notCompared[0]).toMatch(/not compared field by field.* from byte \d+ on/)
    expect(Number(/byte (\d+)/.exec(notCompared[0]!)![1])).toBeGreaterThan(at)
    expect(differences.filter(({ part }) => part === 'response-body')).toEqual([])
  })
})
