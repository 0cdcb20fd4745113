/** Texts get the ranks the language gives them, whatever stands in them. */
import { describe, expect, it } from 'vitest'
import { byLanguage, ranksByLanguage } from './words-in-order.ts'

function ranks(texts: readonly string[]): readonly number[] {
  const work = ranksByLanguage(texts)
  for (;;) {
    const step = work.next()
    if (step.done === true) return [...step.value]
  }
}

/** Ranks by nothing but the language. */
function plainRanks(texts: readonly string[]): readonly number[] {
  const order = texts.toSorted(byLanguage)
  const different = order.filter((text, at) => at === 0 || byLanguage(order[at - 1]!, text) !== 0)
  return texts.map((text) => different.findIndex((each) => byLanguage(each, text) === 0))
}

const pieces = [
  'a',
  'A',
  'ä',
  'å',
  'Z',
  'b',
  'ß',
  'ss',
  'æ',
  'ae',
  'aa',
  ' ',
  '-',
  '_',
  '9',
  '10',
  'é',
  'e\u0301',
  '\u00ad',
  '\u200d',
  'ბ',
  '日',
  '😀',
  '\ud83d',
  '',
]
/** The same texts with every run: a linear congruential generator. */
function someTexts(count: number, seed: number): string[] {
  let state = seed
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  return Array.from({ length: count }, () =>
    Array.from({ length: next(6) }, () => pieces[next(pieces.length)]).join(''),
  )
}

describe('ranks by language', () => {
  it.each([
    ['nothing', []],
    ['one', ['a']],
    ['names', ['Östra', 'ostra', 'Zeta', 'Åsa', 'Anna', 'anna', 'Ärla', 'Anna B', 'Anna-B']],
    ['letters that count as two', ['Strasse', 'Straße', 'Strassf', 'Strasrd']],
    ['what weighs nothing', ['co\u00adop', 'coop', 'coo', 'coq']],
    ['marks that are combined', ['e\u0301a', 'éb', 'ea', 'f']],
  ])('%s', (_title, texts) => {
    expect(ranks(texts)).toEqual(plainRanks(texts))
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('any texts (%i)', (seed) => {
    const texts = someTexts(400, seed)
    expect(ranks(texts)).toEqual(plainRanks(texts))
  })

  it('plain texts, more than one run of them', () => {
    const texts = someTexts(5000, 9).map((text, at) => text.replace(/[^ -~]/gu, '') + (at % 977))
    expect(ranks(texts)).toEqual(plainRanks(texts))
  })
})
