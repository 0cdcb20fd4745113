import { STATUS_CODES } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findBanksFolder, readBankFolder } from '#sandbox/bank/bank-folder.ts'
import { aisRecipes } from '#sandbox/testing/bog-ais-recipes.ts'
import { type BogBench, openBogBench } from '#sandbox/testing/bog-bench.ts'
import { pisRecipes } from '#sandbox/testing/bog-pis-recipes.ts'

const { rows } = readBankFolder(findBanksFolder(undefined), 'bank-of-georgia')
const named = (area: string, recipes: object) => Object.keys(recipes).map((name) => `bog-${area}-${name}`)

let bench: BogBench
beforeAll(async () => {
  bench = await openBogBench()
})
afterAll(() => bench.close())

it('has a way to each row, and to no other', () => {
  expect([...named('pis', pisRecipes), ...named('ais', aisRecipes)].sort()).toEqual([...rows.keys()].sort())
  expect(rows.size).toBe(77)
})

it('reproduces every row by a mistake of the client', () => {
  expect([...rows.values()].filter(({ reproduce }) => !('mutation' in reproduce))).toEqual([])
})

it.each([...rows.values()].map((row) => [row.id, row] as const))('%s', async (id, row) => {
  const [, area, name = ''] = /^bog-(pis|ais)-(.*)$/.exec(id) ?? []
  const recipe = (area === 'pis' ? pisRecipes : aisRecipes)[name]
  const answer = await recipe?.(bench, await bench.tpp())
  const [message] = (answer?.json.tppMessages ?? []) as { code: string; category: string; text: string }[]
  expect({ http: answer?.status, code: message?.code }).toEqual({ http: row.http, code: row.code })
  // The body has no title: the status line has.
  expect(STATUS_CODES[row.http]).toBe(row.title)
  expect(row.detail).toBeNull()
  expect(message?.category).toBe('ERROR')
  expect(message?.text).toMatch(/^.{8,}\.$/)
})
