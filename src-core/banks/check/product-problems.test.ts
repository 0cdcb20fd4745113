/** A copy of a shipped bank with one mistake in its products is told where the mistake is; the bank as shipped has none. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkBankFolder } from './check-folder.ts'

const shipped = resolve(import.meta.dirname, '../../../resources/banks/bank-of-georgia')

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tpp-products-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

let copies = 0
/** @returns what the check finds in the copy */
async function problemsWith(from: string, to: string) {
  const folder = join(scratch, String(++copies), 'bank-of-georgia')
  await cp(shipped, folder, { recursive: true })
  const text = await readFile(join(folder, 'bank.yaml'), 'utf8')
  expect(text.split(from).length).toBeGreaterThan(1)
  await writeFile(join(folder, 'bank.yaml'), text.replace(from, to))
  const { checks } = await checkBankFolder(folder)
  return checks.flatMap(({ id, ok, message, place }) => (id === 'products' && !ok ? [`${place}: ${message}`] : []))
}

it('finds nothing in what is shipped', async () => {
  expect(await problemsWith('name: All products', 'name: Everything')).toEqual([])
})

it.each([
  [
    'operation: bog-products-deposits, name',
    'operation: bog-product-deposits, name',
    /lists\/1.*Did you mean bog-prod/,
  ],
  ['items: /products', 'items: /product', /items: Nothing that is described has product.*Did you mean products/],
  ['parameter: locale', 'parameter: language', /takes no language/],
  ['languages: { ge: ka', 'languages: { ka: ka', /languages\/ka: locale has no value ka/],
  ['languages: { ge: ka', 'languages: { ge: georgian!', /languages\/ge: georgian! is no language tag/],
  ['size: { parameter: page-size', 'size: { parameter: size', /size\/parameter: .*takes no size/],
  ['category: /productCategory', 'category: /category', /members\/category: Nothing/],
  ['- at: /depositRates', '- at: /depositRate', /rates\/1\/at: .*Did you mean depositRates/],
  ['unit: /unitOfMeasure', 'unit: /unit', /rates\/1\/tiers\/unit: Nothing/],
])('names the place of a mistake: %s', async (from, to, finding) => {
  expect((await problemsWith(from, to)).join('\n')).toMatch(finding)
})
