// Every row of every error table that has a recipe, provoked in one sandbox through the send path and held against the requirements.
import { readFileSync } from 'node:fs'
import { STATUS_CODES } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Exchange } from '#shared/contract/requests.ts'
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

const recipeOf = ({ reproduce }: ErrorRow) => reproduce.recipe

describe.each(tables)('$bank', ({ rows: ofBank, requirements }) => {
  // A table is provoked as a whole or, as long as nobody has written its recipes, not at all.
  it.skipIf(!ofBank.some(recipeOf))('has a recipe for every row', () => {
    expect(ofBank.filter((row) => !recipeOf(row)).map(({ id }) => id)).toEqual([])
  })

  it.each(ofBank.filter(recipeOf).map((row) => [row.id, row] as const))(
    '%s',
    async (id, row) => {
      const { end } = await bench.provoke(id)
      expect(end).toMatchObject({ errorId: id, failed: null, differences: [], came: true })
      const wanted = requirements.get(id)
      if (wanted === undefined) throw new Error(`The requirements have no row ${id}.`)
      expectRow(end.exchange?.response ?? null, wanted)
      expect(end.exchange?.operation).toBe(row.reproduce.operation)
      expect(end.exchange?.explanations[0]?.errorId).toBe(row.duplicateOf ?? id)
    },
    60_000,
  )
})

describe('the five tables together', () => {
  it('are 165 rows', () => {
    expect(rows).toHaveLength(165)
  })

  it('are provoked by what a client really does wrong, but for faults inside the banks', () => {
    const real = rows.filter(({ reproduce }) => 'mutation' in reproduce)
    const switches = rows.filter(({ reproduce }) => !('mutation' in reproduce)).map(({ id }) => id)
    expect(real.length).toBeGreaterThanOrEqual(120)
    // A fault nobody outside can cause is one of the bank's own, or one its document gives no cause for.
    expect(switches).toHaveLength(rows.length - real.length)
    expect(switches.length).toBeLessThan(20)
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
