// Every row of every error table, provoked in one sandbox through the send path and held against the requirements.
import { readFileSync } from 'node:fs'
import { STATUS_CODES } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Exchange } from '#shared/contract/exchange.ts'
import { type ErrorRow, errorRowSchema } from '#shared/error-row.ts'
import { openProvokeBench, type ProvokeBench, root } from './provoke-bench.ts'

const required = z.object({
  id: z.string(),
  http: z.number(),
  code: z.string().nullable(),
  title: z.string().nullable(),
  detail: z.string().nullable(),
})
type Required = z.infer<typeof required>

const banks = ['ica-banken', 'bank-of-georgia', 'payex-ledger', 'salt-edge', 'sparebank1']

const rowsOf = (bank: string): ErrorRow[] =>
  errorRowSchema.array().parse(parse(readFileSync(join(root, 'resources/banks', bank, 'errors.yaml'), 'utf8')))
const requirementsOf = (bank: string): Map<string, Required> =>
  new Map(
    required
      .array()
      .parse(JSON.parse(readFileSync(join(root, 'test/fixtures', `error-reference.${bank}.json`), 'utf8')))
      .map((row) => [row.id, row]),
  )
const tables = banks.map((bank) => ({ bank, rows: rowsOf(bank), requirements: requirementsOf(bank) }))
const rows = tables.flatMap((table) => table.rows)

let bench: ProvokeBench
beforeAll(async () => {
  bench = await openProvokeBench()
  await bench.client.sandbox.start({})
}, 60_000)
afterAll(() => bench.close())

/** The parts of a printed text that are not the bank's to fill in. */
const fixedParts = (text: string): string[] =>
  text
    .split(/<<[^>]*>>/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

function expectRow(response: Exchange['response'], { http, code, title, detail }: Required): void {
  const body = JSON.parse(response?.body ?? '') as unknown
  const texts = JSON.stringify(body)
  expect(response?.status).toBe(http)
  // PayEx prints the last segment of a type.
  if (code !== null) expect(texts).toMatch(new RegExp(`["/]${code.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`))
  for (const part of detail === null ? [] : fixedParts(detail))
    expect(texts).toContain(JSON.stringify(part).slice(1, -1))
  if (title !== null) expect([STATUS_CODES[http], ...stringsIn(body)]).toContain(title)
}

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : []

/** Rows that came, with nothing different from the table. */
const provoked: ErrorRow[] = []

/** A fault of the bank that somebody has to switch on, whether `reproduce` names it or a step of the recipe does. */
const needsSwitch = ({ reproduce }: ErrorRow): boolean =>
  'switch' in reproduce || (reproduce.recipe?.given.some((step) => 'switch' in step) ?? false)

describe.each(tables)('$bank', ({ rows: ofBank, requirements }) => {
  it('has a recipe for every row', () => {
    expect(ofBank.filter(({ reproduce }) => reproduce.recipe === undefined).map(({ id }) => id)).toEqual([])
  })

  it.each(ofBank.map((row) => [row.id, row] as const))(
    '%s',
    async (id, row) => {
      const { end } = await bench.provoke(id)
      expect(end).toMatchObject({ errorId: id, failed: null, differences: [], came: true })
      const wanted = requirements.get(id)
      if (wanted === undefined) throw new Error(`The requirements have no row ${id}.`)
      expectRow(end.exchange?.response ?? null, wanted)
      expect(end.exchange?.operation).toBe(row.reproduce.operation)
      // What the row is provoked with is its cause: nothing speaks against the bank's words.
      expect(end.exchange?.explanations[0]).toMatchObject({ errorId: row.duplicateOf ?? id, contradicted: null })
      provoked.push(row)
    },
    60_000,
  )
})

describe('the five tables together', () => {
  it('are 165 rows, and each of them came', () => {
    expect(rows).toHaveLength(165)
    expect(rows.filter((row) => !provoked.includes(row)).map(({ id }) => id)).toEqual([])
  })

  it('are provoked by what a client really does wrong, but for faults inside the banks', () => {
    const real = provoked.filter((row) => !needsSwitch(row))
    expect(real.length).toBeGreaterThanOrEqual(120)
    // A fault nobody outside can cause is one of the bank's own, or one its document gives no cause for.
    expect(provoked.length - real.length).toBeLessThan(20)
    expect(real.filter(({ reproduce }) => !('mutation' in reproduce))).toEqual([])
  })
})

it('leaves nothing behind but the exchanges', async () => {
  const { client } = bench
  expect(await client.keys.list()).toEqual([])
  expect(await client.access.list()).toEqual([])
  expect(await client.access.registrations()).toEqual([])
  expect(await client.access.consents({})).toEqual([])
  expect(await client.access.flows()).toEqual([])
})
