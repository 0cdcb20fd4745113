/** History in the terminal: found, shown, compared, deleted for good, as others script against it. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExchangeLog } from '#core/history/exchange-log.ts'
import { openSecretStore } from '#core/secrets/open-secret-store.ts'
import { exampleExchange } from '../history/exchange-fixture.ts'
import { testDisk } from '../keyring/test-disk.ts'
import { openTerminal, type Terminal } from './terminal.ts'

interface Row {
  readonly id: string
  readonly status: number | null
}
interface FaultDocument {
  readonly fault: { code: string; message: string }
}

let terminal: Terminal
const base = exampleExchange()
const made = [
  exampleExchange({ at: '2026-11-01T12:00:00.000Z', request: { ...base.request, url: 'https://b.example/old' } }),
  exampleExchange({ at: '2026-11-20T12:00:00.000Z', response: { ...base.response!, status: 200 }, explanations: [] }),
  exampleExchange({
    at: '2026-11-20T13:00:00.000Z',
    environment: 'production',
    response: { ...base.response!, body: '{"code":"OTHER","id":12345678901234567891}' },
  }),
]

beforeAll(async () => {
  terminal = await openTerminal()
  await mkdir(terminal.home, { recursive: true, mode: 0o700 })
  const secrets = openSecretStore({
    choice: 'vault',
    folder: join(terminal.home, 'secrets'),
    disk: testDisk,
    passphrase: () => Promise.resolve('correct horse battery staple'),
  })
  const log = createExchangeLog(join(terminal.home, 'history.sqlite'), { secrets })
  for (const one of made) await log.record(one)
  log.close()
})
afterAll(() => terminal.close())

const ids = async (...args: string[]): Promise<number[]> => {
  const run = await terminal.run(['history', ...args, '--json'])
  expect(run.exit, run.stdout + run.stderr).toBe(0)
  return run.json<Row[]>().map(({ id }) => made.findIndex((each) => each.id === id))
}
const fault = async (...args: string[]) => {
  const run = await terminal.run(['history', ...args, '--json'])
  return { exit: run.exit, ...run.json<FaultDocument>().fault }
}

describe('tpp history', () => {
  it('lists newest first, filters, searches, pages', async () => {
    expect(await ids()).toEqual([2, 1, 0])
    expect(await ids('--limit', '1')).toEqual([2])
    expect(await ids('--before', made[2]!.id, '--limit', '1')).toEqual([1])
    expect(await ids('--status', '4xx')).toEqual([2, 0])
    expect(await ids('--status', '200')).toEqual([1])
    expect(await ids('--environment', 'production', '--bank', 'ica-banken')).toEqual([2])
    expect(await ids('--fault', 'any')).toEqual([])
    expect(await ids('old')).toEqual([0])
    expect(await ids('payment', 'row-1', '--from', '2026-11-10T00:00:00Z')).toEqual([2])
    expect(await ids('nothing', 'like', 'this')).toEqual([])
  })

  it('shows one by its id, bodies opened, in both forms', async () => {
    const shown = await terminal.run(['history', made[0]!.id, '--json'])
    expect(shown.json()).toMatchObject({ id: made[0]!.id, request: { body: { amount: '1' } } })
    expect((await terminal.run(['history', 'show', made[0]!.id, '--json'])).json()).toEqual(shown.json())
    const locked = await terminal.run(['history', made[0]!.id, '--json'], {
      environment: { TPP_PASSPHRASE_FILE: '', TPP_SECRETS: 'vault' },
    })
    expect(locked.exit).toBe(0)
    expect(locked.json<{ request: { body: unknown }; findings: { id: string }[] }>()).toMatchObject({
      request: { body: null },
      findings: [{ id: 'note' }, { id: 'bodies-sealed' }],
    })
  })

  it('compares two', async () => {
    const run = await terminal.run(['history', 'compare', made[0]!.id, made[2]!.id, '--json'])
    expect(run.json<{ differences: unknown[] }>().differences).toEqual([
      { part: 'call', name: 'environment', a: 'sandbox', b: 'production' },
      { part: 'call', name: 'url', a: 'https://b.example/old', b: 'https://b.example/Payments/x' },
      { part: 'response-body', name: '/code', a: '"FAILED"', b: '"OTHER"' },
      { part: 'response-body', name: '/å', a: '"🏠"', b: null },
      { part: 'response-body', name: '/id', a: null, b: '12345678901234567891' },
    ])
    const text = (await terminal.run(['history', 'compare', made[0]!.id, made[0]!.id])).stdout
    expect(text).toBe('They are the same.\n')
  })

  it.each<[string[], number, string]>([
    [['nothing'], 3, 'EXCHANGE_UNKNOWN'],
    [['show', 'nothing'], 3, 'EXCHANGE_UNKNOWN'],
    [['show'], 2, 'USAGE'],
    [['compare', 'a'], 2, 'USAGE'],
    [['compare', 'a', 'b'], 3, 'EXCHANGE_UNKNOWN'],
    [['delete'], 2, 'USAGE'],
    [['delete', 'a', '--all'], 2, 'USAGE'],
    [['delete', 'nothing'], 3, 'EXCHANGE_UNKNOWN'],
    [['--status', '9xx'], 2, 'USAGE'],
    [['--before', 'nothing'], 3, 'EXCHANGE_UNKNOWN'],
    [['--from', 'yesterday'], 2, 'INPUT_INVALID'],
    [['retention', '--days', '0'], 2, 'USAGE'],
  ])('%j is refused', async (args, exit, code) => {
    expect(await fault(...args)).toMatchObject({ exit, code })
  })

  it('keeps for a time, deletes what is named, and all', async () => {
    const json = async (...args: string[]) => (await terminal.run(['history', ...args, '--json'])).json()
    expect(await json('retention')).toEqual({ days: null, count: null })
    expect(await json('retention', '--count', '2')).toEqual({ days: null, count: 2, deleted: 1 })
    expect(await ids()).toEqual([2, 1])
    expect(await json('retention', '--count', 'off')).toEqual({ days: null, count: null, deleted: 0 })
    expect(await json('delete', made[1]!.id, 'gone')).toEqual({
      deleted: 1,
      unknown: ['gone'],
      files: [],
      cleared: true,
    })
    expect(await json('delete', '--all')).toMatchObject({ deleted: 1, cleared: true })
    for (const name of await readdir(terminal.home)) {
      if (!name.startsWith('history.sqlite')) continue
      const bytes = await readFile(join(terminal.home, name))
      for (const one of made) expect(bytes.includes(one.id), name).toBe(false)
    }
    expect(await ids()).toEqual([])
  })

  it('says once that a damaged database was put aside', async () => {
    await writeFile(join(terminal.home, 'history.sqlite'), 'no database at all, but long enough'.repeat(200))
    const first = await terminal.run(['history', '--json'])
    expect([first.exit, first.stdout]).toEqual([0, '[]\n'])
    expect(first.stderr).toMatch(/put aside as history\.sqlite\.corrupt-/)
    expect((await terminal.run(['history', '--json'])).stderr).toBe('')
    const status = await terminal.run(['history', 'status', '--json'])
    expect(status.json()).toMatchObject({ exchanges: 0, readOnly: null, putAside: [{ seen: true }] })
  })
})
