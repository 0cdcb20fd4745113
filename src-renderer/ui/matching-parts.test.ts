/** What a search found is marked, and the text stays what it was. */
import { describe, expect, it } from 'vitest'
import { hasWords, matchingParts, matchingPiece, wordsOf } from './matching-parts.ts'

const marked = (text: string, search: string): string =>
  matchingParts(text, wordsOf(search))
    .map(({ text: part, match }) => (match ? `[${part}]` : part))
    .join('')

describe('matching parts', () => {
  it('marks every word wherever it stands, whatever its case', () => {
    expect(marked('Sign a signing basket', 'SIGN')).toBe('[Sign] a [sign]ing basket')
    expect(marked('/Baskets/{basketId}', 'basket id')).toBe('/[Basket]s/{[basketId]}')
  })

  it('marks nothing without words, and nothing that is not there', () => {
    expect(marked('abc', '')).toBe('abc')
    expect(marked('abc', 'x')).toBe('abc')
  })

  it('joins to the text', () => {
    for (const text of ['', 'aaa', 'İstanbul ß', 'a.b*c'])
      expect(
        matchingParts(text, ['a', 'b', '*'])
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
  })
})

it('asks for every word', () => {
  expect(hasWords('Create a payment', wordsOf(' pay  create '))).toBe(true)
  expect(hasWords('Create a payment', wordsOf('pay basket'))).toBe(false)
})

it('cuts a long text around the first match', () => {
  const text = `${'before '.repeat(20)}needle${' after'.repeat(20)}`
  const piece = matchingPiece(text, ['needle'], 40)
  expect(piece).toMatch(/^….*needle.*…$/)
  expect(piece!.length).toBeLessThanOrEqual(42)
  expect(matchingPiece('short needle', ['needle'])).toBe('short needle')
  expect(matchingPiece('nothing', ['needle'])).toBeNull()
})
