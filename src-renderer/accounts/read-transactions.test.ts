/** Answers taken apart: entries as they were written, the way to the next page, and tables no spreadsheet takes for formulas. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redacted } from '#shared/redacted.ts'
import { jsonEntries } from './json-entries.ts'
import { nextPage, pathOfLink } from './next-page.ts'
import { transactionOf } from './read-account.ts'
import { csvCell, fileName } from './transactions-csv.ts'

const readAll = (text: string, lists: readonly string[]) => {
  const entries = []
  const work = jsonEntries(text, lists)
  for (;;) {
    const step = work.next()
    if (step.done === true) return { entries, rest: step.value }
    entries.push(step.value)
  }
}

describe('entries of a list', () => {
  it('come with their own text, and any JSON is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (list, other) => {
        const text = JSON.stringify({ other, a: { 'b/c': list } }, null, 1)
        const { entries, rest } = readAll(text, ['/a/b~1c'])
        const plain = JSON.parse(text) as { other: unknown; a: { 'b/c': unknown[] } }
        expect(entries.map(({ value }) => value)).toEqual(plain.a['b/c'])
        expect(entries.every(({ text: own, value }) => JSON.stringify(JSON.parse(own)) === JSON.stringify(value))).toBe(
          true,
        )
        expect(rest).toEqual({ other: plain.other, a: { 'b/c': [] } })
      }),
    )
  })

  it('are refused where the text is no JSON', () => {
    for (const text of ['', '{"a":[1,2', '{"a":[1}', '{"a" 1}', '{"a":[1]} more', '{"a":["x]}'])
      expect(() => readAll(text, ['/a'])).toThrow(SyntaxError)
  })
})

describe('the next page', () => {
  const template = '/v1/accounts/{account-id}/transactions'
  const asked = 'https://bank.example/psd2/v1/accounts/7/transactions?dateFrom=2026-01-01'
  it('is linked to with any prefix, on the same host only', () => {
    for (const href of ['/v1/accounts/7/transactions?page=1', '/other/v1/accounts/7/transactions?page=1', '?page=1'])
      expect(pathOfLink(href, asked, template)).toEqual({ path: '/v1/accounts/7/transactions?page=1' })
    expect(pathOfLink('https://elsewhere.example/v1/accounts/7/transactions', asked, template)).toHaveProperty(
      'refused',
    )
    expect(pathOfLink('/v1/payments', asked, template)).toHaveProperty('refused')
  })
  it('is named by a token that was not taken out of the answer', () => {
    const paging = { by: 'token', parameter: 'PageToken', at: '/pageToken' } as const
    const next = (answer: { pageToken?: string }) =>
      nextPage(paging, { answer, entries: 1, pages: 1, url: asked, template })
    expect(next({ pageToken: 'abc' })).toEqual({ parameters: { PageToken: 'abc' } })
    expect(next({})).toBeNull()
    expect(next({ pageToken: redacted })).toHaveProperty('refused')
  })
  it('has the next number until one is empty', () => {
    const paging = { by: 'number', parameter: 'page', first: 0 } as const
    expect(nextPage(paging, { answer: {}, entries: 5, pages: 1, url: asked, template })).toEqual({
      parameters: { page: '1' },
    })
    expect(nextPage(paging, { answer: {}, entries: 0, pages: 2, url: asked, template })).toBeNull()
  })
})

it('a named creditor means that money left where signs say nothing', () => {
  const profile = {
    members: { amount: '/a', creditor: '/c', debtor: '/d' },
    direction: 'party',
    ways: [],
    lists: { booked: '/b' },
  } as never
  const read = (entry: Record<string, string>) => transactionOf(profile, 'booked', entry, { exchange: 'e', raw: '' })
  expect(read({ a: '256.67', c: 'John' })).toMatchObject({ signed: '-256.67', amount: '256.67', party: 'John' })
  expect(read({ a: '-100.03', d: 'Paul' })).toMatchObject({ signed: '100.03', party: 'Paul' })
  expect(read({ a: '-1' })).toMatchObject({ signed: '-1' })
})

it('no formula starts in a cell, however it is parted, quotes are doubled, names are clean', () => {
  const piece = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', "'", ';', ',', '|', ' ', '＝', 'a', '1')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 8 }).map((all) => all.join('')),
      ),
      (text) => {
        const cell = csvCell(text)
        const quoted = cell.startsWith('"')
        const inside = quoted ? cell.slice(1, -1).replaceAll('""', '"') : cell
        // Read as written, or by a spreadsheet that parts at other signs and takes quotes for text or not.
        for (const seen of [inside, ...cell.split(/[;|\t\r\n]/).slice(1), ...inside.split(/[;|\t\r\n]/)])
          expect(seen.replace(/^["\s]+/, '')).not.toMatch(/^[=+\-@＝＋－＠]/)
        expect(inside.replaceAll("'", '')).toBe(text.replaceAll("'", ''))
        if (!quoted) expect(cell).not.toMatch(/[",;\r\n\t]/)
      },
    ),
  )
  expect(csvCell('a;=HYPERLINK("https://evil.example")')).toBe(`"a;'=HYPERLINK(""https://evil.example"")"`)
  expect(csvCell('=1')).toBe("'=1")
  expect(csvCell('Åhléns - Stockholm')).toBe('Åhléns - Stockholm')
  expect(fileName('transactions', '../../etc/passwd', 'å')).toBe('transactions-etc-passwd-a.csv')
})
