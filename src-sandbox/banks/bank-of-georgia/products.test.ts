import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BogBench, openBogBench } from '#sandbox/testing/bog-bench.ts'
import type { BogTpp } from '#sandbox/testing/bog-tpp.ts'

let bench: BogBench
let anyone: BogTpp
beforeAll(async () => {
  bench = await openBogBench()
  anyone = bench.open(null)
})
afterAll(() => bench.close())

interface Page {
  readonly products: { productId: string; name: string; productCategory: string }[]
  readonly _links: Readonly<Record<string, { href: string }>>
}

const page = async (operation: string, locale: string, query: Readonly<Record<string, string>> = {}): Promise<Page> => {
  const { json } = await anyone.call(operation, { parameters: { locale }, query, headers: { 'x-request-id': null } })
  return json as unknown as Page
}

it.each([
  ['bog-products-list', 23],
  ['bog-products-deposits', 12],
  ['bog-products-personal-loans', 11],
])('%s is paged from 0, ten at a time, without a certificate', async (operation, count) => {
  const ids: string[] = []
  for (let number = 0; ; number += 1) {
    const { products, _links } = await page(operation, 'ge', { page: String(number) })
    ids.push(...products.map(({ productId }) => productId))
    if (!_links.next) break
    expect(products).toHaveLength(10)
    expect(_links.next.href).toContain(`page=${number + 1}&page-size=10`)
  }
  expect([ids.length, new Set(ids).size]).toEqual([count, count])
})

it('speaks Georgian and English', async () => {
  const [georgian, english] = [
    await page('bog-products-personal-loans', 'ge'),
    await page('bog-products-personal-loans', 'en'),
  ]
  expect([georgian.products[0]?.name, english.products[0]?.name]).toEqual(['ავტო სესხი', 'Car loan'])
  expect(georgian.products.map(({ productId }) => productId)).toEqual(
    english.products.map(({ productId }) => productId),
  )
  expect(
    (await page('bog-products-deposits', 'ge')).products.every(
      ({ productCategory }) => productCategory === 'TERM_DEPOSITS',
    ),
  ).toBe(true)
})

it.each([
  ['page', '-1', 400],
  ['page', 'one', 400],
  ['page-size', '0', 400],
])('answers %s=%s with a status alone', async (name, value, status) => {
  const base = bench.sandbox.running.banks[0]?.urls.products ?? ''
  const answer = await anyone.raw({ method: 'GET', path: `${base}/v1/ge/products?${name}=${value}` })
  expect([answer.status, answer.text]).toEqual([status, ''])
})

it('knows no other locale', async () => {
  const base = bench.sandbox.running.banks[0]?.urls.products ?? ''
  expect((await anyone.raw({ method: 'GET', path: `${base}/v1/ka/products` })).status).toBe(404)
})
