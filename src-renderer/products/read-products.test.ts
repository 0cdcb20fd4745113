/** Products are read where the profile says; rates come out as per cent to the digit, spans with their unit, and nothing is lost. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { productProfileSchema } from '#shared/product-profile.ts'
import type { Json, JsonObject } from '../forms/json-value.ts'
import { hundredfold } from './percentage.ts'
import { otherParts, pageOf, rateSpan, tiersOf } from './read-products.ts'
import { barsOf } from './tier-bars.ts'

const folder = resolve(import.meta.dirname, '../../resources/banks/bank-of-georgia')
const read = (file: string) => parse(readFileSync(resolve(folder, file), 'utf8')) as Record<string, unknown>
const profile = productProfileSchema.parse(read('bank.yaml').products)
const { paths } = read('openapi.yaml') as unknown as {
  paths: Record<
    string,
    { get: { responses: { 200: { content: Record<string, { examples: Record<string, { value: Json }> }> } } } }
  >
}
/** As the bank's document prints it. */
const printed = (path: string, name: string): Json =>
  paths[path]!.get.responses[200].content['application/json']!.examples[name]!.value

const loans = printed('/v1/{locale}/products', 'car-loan')
const deposits = printed('/v1/{locale}/products/deposits', 'term-deposit')
const entryOf = (answer: Json): JsonObject => (answer as { products: JsonObject[] }).products[0]!

it('reads the printed loan: its fraction is per cent, everything else stays', () => {
  const page = pageOf(profile, loans, 10)!
  const [loan] = page.products
  expect([page.more, loan?.name, loan?.category]).toEqual([false, 'ავტო სესხი', 'PERS_LOANS'])
  expect(rateSpan(loan!, profile)).toBe('21.34 %')
  const named = ['productId', 'name', 'productCategory', 'description', 'lendingRates']
  const others = otherParts(loan!, profile).map(({ name }) => name)
  expect([...others, ...named].toSorted()).toEqual(Object.keys(entryOf(loans)).toSorted())
})

it('reads the printed deposit: eight spans of days, and bars that leave no gap', () => {
  const [deposit] = pageOf(profile, deposits, 10)!.products
  const tiers = tiersOf(deposit!, profile.rates[1]!)
  expect(tiers).toHaveLength(8)
  expect(tiers[0]).toEqual({ from: 90, to: 179, unit: 'DAY', rate: '0', effective: '0' })
  const bars = barsOf(tiers)
  for (const [index, bar] of bars.entries())
    if (index > 0) expect(bar.left).toBeCloseTo(bars[index - 1]!.left + bars[index - 1]!.width + 2)
})

it('gives spans that overlap the same width', () => {
  const tier = { unit: 'DAY', rate: '1', effective: '2' }
  const bars = barsOf([
    { ...tier, from: 90, to: 400 },
    { ...tier, from: 90, to: 180 },
  ])
  expect(bars.map(({ tier: { to } }) => to)).toEqual([180, 400])
  expect(bars[0]!.width).toBe(bars[1]!.width)
})

it.each([
  [{ products: [], _links: { next: { href: '/v1/ge/products?page=1' } } }, true],
  [{ products: [], _links: { next: {} } }, false],
  [{ products: [] }, false],
])('is on the last page without an address of the next: %j', (answer, more) => {
  expect(pageOf(profile, answer, 10)?.more).toBe(more)
})

it('counts where the profile names no link', () => {
  const { next: _next, ...paging } = profile.paging!
  const counted = { ...profile, paging }
  expect([pageOf(counted, loans, 1)?.more, pageOf(counted, loans, 2)?.more]).toEqual([true, false])
})

it.each([{}, [], 'text', { products: { a: 1 } }])('says that %j is no list of products', (answer) => {
  expect(pageOf(profile, answer as Json, 10)).toBeNull()
})

it.each([
  ['0.213', '21.3'],
  ['0.0875', '8.75'],
  ['0', '0'],
  ['1', '100'],
  ['-0.005', '-0.5'],
  ['0.10', '10'],
  ['1e-7', null],
  ['', null],
])('%s as per cent is %s', (fraction, percent) => {
  expect(hundredfold(fraction)).toBe(percent)
})
