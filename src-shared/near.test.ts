/** Edit distance is a metric, and the nearest words are those a person meant. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from './near.ts'

const operations = ['ica-accounts-list', 'ica-account-details', 'ica-payment-create', 'ica-payment-status', 'psu-ip']

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['abc', 'abd', 1],
    ['abc', 'ab', 1],
    ['kitten', 'sitting', 3],
    // Optimal string alignment says 3 here and breaks the triangle inequality.
    ['ca', 'abc', 2],
  ])('%s to %s is %d', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance)
  })

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })

  it('is a metric', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c))
        expect(editDistance(a, b) === 0).toBe(a === b)
      }),
    )
  })

  it('is 1 for every swap of unlike neighbours', () => {
    fc.assert(
      fc.property(word, fc.nat(), (text, seed) => {
        fc.pre(text.length >= 2)
        const at = seed % (text.length - 1)
        const swapped = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
        expect(editDistance(text, swapped)).toBe(swapped === text ? 0 : 1)
      }),
    )
  })
})

describe('nearest', () => {
  it('finds what a slip of the finger meant, nearest first', () => {
    expect(nearest('ica-acounts-list', operations)[0]).toBe('ica-accounts-list')
    expect(nearest('ica-payment-craete', operations)[0]).toBe('ica-payment-create')
    expect(nearest('ICA-PAYMENT-STATUS', operations)[0]).toBe('ica-payment-status')
  })

  it('counts a word that contains the wanted one as near', () => {
    expect(nearest('payment', operations)).toEqual(['ica-payment-create', 'ica-payment-status'])
    expect(nearest('ica-payment-status-please', operations)[0]).toBe('ica-payment-status')
  })

  it('gives nothing where nothing is near, and no more than asked for', () => {
    expect(nearest('zzzzzzzzz', operations)).toEqual([])
    expect(nearest('anything', [])).toEqual([])
    expect(nearest('ica', operations, 2)).toHaveLength(2)
  })
})
