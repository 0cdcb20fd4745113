import { expect, it } from 'vitest'
import { readErrorWords } from '../requests/explain/read-words.ts'
import { rowDifferences } from './provoke-verdict.ts'

const answer = (status: number, body: unknown) => ({
  status,
  headers: [],
  body: typeof body === 'string' ? body : JSON.stringify(body),
  size: 0,
})
const fields = (row: Parameters<typeof rowDifferences>[0], status: number, body: unknown): string[] =>
  rowDifferences(row, answer(status, body), readErrorWords).map(({ field }) => field)

const whole = { http: 400, code: 'FAILED', title: 'Bad request', detail: 'OID: <<oid>> is already registered' }
const problem = { code: 'FAILED', title: 'Bad request', detail: 'OID: PSDSE-FINA-1 is already registered' }

it('takes any value where the row has a placeholder, but not none', () => {
  expect(fields(whole, 400, problem)).toEqual([])
  expect(fields(whole, 400, { ...problem, detail: 'OID:  is already registered' })).toEqual(['detail'])
  expect(fields(whole, 400, { ...problem, detail: `${problem.detail} now` })).toEqual(['detail'])
})

it('names every field that came otherwise', () => {
  const found = rowDifferences(whole, answer(500, { code: 'X', title: 'Y', detail: 'Z' }), readErrorWords)
  expect(found.map(({ field }) => field)).toEqual(['status', 'code', 'title', 'detail'])
  expect(found[0]).toEqual({ field: 'status', wanted: '400', found: '500' })
  expect(fields(whole, 400, '<html>')).toEqual(['code', 'title', 'detail'])
  expect(rowDifferences(whole, null, readErrorWords)).toEqual([{ field: 'status', wanted: '400', found: null }])
})

it('reads the title of a body without one off the status or the code', () => {
  const row = { http: 404, code: 'RESOURCE_UNKNOWN', title: 'Not Found', detail: null }
  const message = { tppMessages: [{ category: 'ERROR', code: 'RESOURCE_UNKNOWN', text: 'No such account.' }] }
  expect(fields(row, 404, message)).toEqual([])
  expect(fields({ ...row, title: 'Forbidden' }, 404, message)).toEqual(['title'])
  const coded = {
    http: 401,
    code: 'SignatureInvalid',
    title: 'SignatureInvalid',
    detail: 'Given signature is invalid.',
  }
  expect(fields(coded, 401, { class: 'SignatureInvalid', description: coded.detail })).toEqual([])
})

it('wants no code where the row has none', () => {
  const row = { http: 401, code: null, title: null, detail: null }
  expect(fields(row, 401, { _links: {} })).toEqual([])
  expect(fields(row, 401, { code: 'TOKEN_INVALID' })).toEqual(['code'])
})

it('knows columns that are printed the other way round than the bank answers', () => {
  const row = { http: 404, code: 'Resource not valid', title: 'Resource not valid', detail: 'RESOURCE_UNKNOWN' }
  const body = { code: 'RESOURCE_UNKNOWN', title: 'Resource not valid', detail: 'Resource not valid' }
  expect(fields(row, 404, body)).toEqual([])
  expect(fields(row, 404, { code: row.code, title: row.title, detail: row.detail })).toEqual([])
})
