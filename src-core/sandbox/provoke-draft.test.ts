import { expect, it } from 'vitest'
import type { RecipeJson } from '#shared/error-recipe.ts'
import { mergePatch } from './provoke-draft.ts'

// The examples of RFC 7396 appendix A that leave an object.
const cases: readonly (readonly [RecipeJson, RecipeJson, RecipeJson])[] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
]

it.each(cases)('%j patched with %j is %j', (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result)
})

it('leaves the example as it was', () => {
  const example = { account: { iban: 'A' }, list: [{ amount: 1 }] }
  const patched = mergePatch(example, { account: { iban: 'B' } })
  expect(patched).toEqual({ account: { iban: 'B' }, list: [{ amount: 1 }] })
  expect(example.account.iban).toBe('A')
})
