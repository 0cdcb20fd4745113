/** Listing: newest first, page by page, by what an exchange is and by the words in it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Exchange } from '#shared/contract/exchange.ts'
import { draftSchema } from '#shared/contract/requests.ts'
import { exampleExchange as exchange, openTestVault } from '../../test/history/exchange-fixture.ts'
import { createExchangeLog, type ExchangeLog, type LogParts } from './exchange-log.ts'

const judged = { match: 'words' as const, causes: [], remedies: [], contradicted: null }

let folder: string
const logs: ExchangeLog[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-history-list-'))
})
afterEach(async () => {
  for (const log of logs.splice(0)) log.close()
  await rm(folder, { recursive: true, force: true })
})

function open(parts: LogParts = {}): ExchangeLog {
  const log = createExchangeLog(join(folder, 'history.sqlite'), { secrets: openTestVault(folder), ...parts })
  logs.push(log)
  return log
}
const second = (number: number) => `2026-11-21T12:00:${String(number).padStart(2, '0')}.000Z`

describe('paging', () => {
  it('goes on after a row, also when that row is deleted, and meets each exchange once', async () => {
    const log = open()
    for (let count = 0; count < 7; count++) await log.record(exchange({ at: second(count % 3) }))
    const whole = (await log.list()).map(({ id }) => id)
    const first = await log.list({ limit: 3 })
    await log.delete({ ids: [first[2]!.id] })
    const rest = await log.list({ before: first[2]!.position })
    expect([...first, ...rest].map(({ id }) => id)).toEqual(whole)
    expect((await log.list({ before: first[1]!.id, limit: 1 }))[0]!.id).toBe(whole[3])
    await expect(log.list({ before: 'nobody' })).rejects.toMatchObject({ code: 'EXCHANGE_UNKNOWN' })
  })
})

describe('finding', () => {
  const base = exchange()
  const made: Record<string, Partial<Exchange>> = {
    plain: { at: second(1), response: { ...base.response!, status: 201 }, explanations: [], identity: null },
    refused: { at: second(2), environment: 'production' },
    silent: {
      at: second(3),
      response: null,
      fault: { code: 'TLS_CHAIN', message: 'm' },
      explanations: [],
      bank: 'salt-edge',
      operation: 'se-consent-read',
    },
    consent: {
      at: second(4),
      response: { ...base.response!, status: 401 },
      request: {
        method: 'GET',
        url: 'https://api.bank.example/v1/konton/Räkning-7',
        headers: [['x-request-id', '99391c7e-ad88-49ec-a2ad-99ddcb1f7721']],
        body: 'in the body alone',
      },
      explanations: [
        { errorId: 'row-2', score: 1, title: 'The consent has expired', cause: 'c', evidence: [], fix: 'f', ...judged },
        { errorId: 'row-3', score: 0.5, title: 'Unknown customer', cause: 'c', evidence: [], fix: 'f', ...judged },
      ],
    },
  }
  const ids = new Map<string, string>()
  let log: ExchangeLog
  const found = async (query: Parameters<ExchangeLog['list']>[0]): Promise<string[]> =>
    (await log.list(query)).map(({ id }) => ids.get(id)!)
  beforeEach(async () => {
    log = open({
      errorCode: (bank, id) => Promise.resolve(id === 'row-2' ? `${bank.toUpperCase()}_CONSENT` : null),
      identityName: () => Promise.resolve('Acme AB'),
    })
    for (const [name, change] of Object.entries(made)) {
      const one = exchange(change)
      ids.set(one.id, name)
      const { bank, operation } = one
      await log.record(one, draftSchema.parse({ bank, operation, grant: name === 'plain' ? 'g-1' : 'none' }))
    }
  })

  it.each<[Parameters<ExchangeLog['list']>[0], string[]]>([
    [{ status: '4xx' }, ['consent', 'refused']],
    [{ status: 401 }, ['consent']],
    [{ status: 'none' }, ['silent']],
    [{ fault: 'any' }, ['silent']],
    [{ fault: 'TLS_CHAIN' }, ['silent']],
    [{ fault: 'TLS_NAME' }, []],
    [{ environment: 'production' }, ['refused']],
    [{ bank: 'salt-edge' }, ['silent']],
    [{ operation: 'ica-payment-create', method: 'post' }, ['refused', 'plain']],
    [{ error: 'row-1' }, ['refused']],
    [{ identity: 'abcdefgh' }, ['consent', 'silent', 'refused']],
    [{ grant: 'g-1' }, ['plain']],
    [{ from: second(2), to: second(3) }, ['silent', 'refused']],
    [{ from: '2026-11-21T13:00:03+01:00' }, ['consent', 'silent']],
    [{ bank: 'ica-banken', status: '4xx', method: 'GET' }, ['consent']],
  ])('by what it is: %j', async (query, names) => {
    expect(await found(query)).toEqual(names)
  })

  it.each([
    ['konton', ['consent']],
    ['kont', ['consent']],
    ['rakning-7', ['consent']],
    ['RÄKNING', ['consent']],
    ['https://api.bank.example/v1', ['consent']],
    ['99391c7e-ad88-49ec-a2ad-99ddcb1f7721', ['consent']],
    ['99391c7e-ad', ['consent']],
    ['expired consent', ['consent']],
    ['row-3', ['consent']],
    ['ICA-BANKEN_CONSENT', ['consent']],
    ['40', []],
    ['401', ['consent']],
    ['TLS_CHAIN', ['silent']],
    ['salt se-con', ['silent']],
    ['acme', ['consent', 'silent', 'refused']],
    ['payment 201', ['plain']],
    ['g-1', ['plain']],
    ['in the body alone', []],
    ['" OR *', []],
    ['NEAR(a', []],
    ["-- ' ( ^ :", ['consent', 'silent', 'refused', 'plain']],
  ])('by the words "%s"', async (words, names) => {
    expect(await found({ words })).toEqual(names)
  })

  it('by words and what it is together, page by page', async () => {
    expect(await found({ words: 'b.example', status: 201 })).toEqual(['plain'])
    const [first] = await log.list({ words: 'acme', limit: 1 })
    expect(await found({ words: 'acme', before: first!.position })).toEqual(['silent', 'refused'])
  })
})
