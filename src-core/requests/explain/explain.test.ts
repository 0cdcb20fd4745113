/** Every row of the bank's own error table is recognised in an answer made from it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causeText, type ErrorRow } from '#shared/error-row.ts'
import type { Bank } from '../banks/bank.ts'
import { createBankShelf } from '../banks/bank-shelf.ts'
import { explain, readErrorWords } from './explain.ts'

let folder: string
let bank: Bank

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-explain-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  bank = await createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') }).open('ica-banken')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const filled = (text: string | null) => text?.replaceAll('<<oid>>', 'PSDSE-FINA-00001')
const answer = ({ title, code, detail }: Pick<ErrorRow, 'title' | 'code' | 'detail'>) =>
  JSON.stringify({ title, code, detail: filled(detail) })
const sameWords = (a: ErrorRow, b: ErrorRow) =>
  a.http === b.http && a.code === b.code && a.title === b.title && a.detail === b.detail

describe('every row', () => {
  it('is recognised for every operation it names, first or beside rows of the very same words', () => {
    expect(bank.errors).toHaveLength(44)
    for (const row of bank.errors) {
      for (const operation of row.operations) {
        const found = explain(bank, operation, row.http, answer(row))
        const wanted = row.duplicateOf ?? row.id
        const place = `${row.id} at ${operation}`
        const own = found.find(({ errorId }) => errorId === wanted)
        expect(own?.score, place).toBe(1)
        const tied = found.filter(({ score }) => score === 1).map(({ errorId }) => errorId)
        for (const id of tied) {
          const other = bank.errors.find((each) => each.id === id)!
          expect(id === wanted || sameWords(row, other), `${place} ties with ${id}`).toBe(true)
        }
      }
    }
  })

  it('comes with cause, fix and what was compared', () => {
    const row = bank.errors.find(({ id }) => id === 'ica-general-kyc-blocked')!
    const [best] = explain(bank, 'ica-accounts-list', 403, answer(row))
    expect(best).toMatchObject({ errorId: row.id, score: 1, title: row.title, cause: causeText(row), fix: row.fix })
    expect(best?.evidence).toEqual([
      'The status 403 is that of the row.',
      'The code "RESOURCE_BLOCKED" is that of the row.',
      'The detail reads as in the bank\'s table: "Old KYC information".',
      'The title reads as in the bank\'s table: "Resource Forbidden".',
    ])
  })
})

describe('a value the bank fills in', () => {
  it('may be anything', () => {
    for (const oid of ['PSDSE-FINA-00001', '', 'a b', '<<oid>>']) {
      const body = JSON.stringify({ code: 'FAILED', title: 'Bad request', detail: `OID: ${oid} is already registered` })
      expect(explain(bank, 'ica-register-client', 400, body)[0]?.errorId).toBe('ica-registration-already-registered')
    }
  })

  it('does not make the words around it overlap', () => {
    const row: ErrorRow = { ...bank.errors[0]!, detail: 'ab<<x>>b', http: 400, operations: ['op'], code: 'C' }
    const one = { ...bank, errors: [row] }
    expect(explain(one, 'op', 400, '{"detail":"ab"}')).toEqual([])
    expect(explain(one, 'op', 400, '{"detail":"abb"}')).toHaveLength(1)
  })
})

describe('columns in the other order', () => {
  it('are recognised: the table prints them shifted', () => {
    const row = bank.errors.find(({ id }) => id === 'ica-payments-resource-not-valid')!
    const body = JSON.stringify({ title: row.title, code: row.detail, detail: row.code })
    const [best, ...others] = explain(bank, 'ica-payment-create', 404, body)
    expect(best).toMatchObject({ errorId: row.id, score: 1 })
    expect(best?.evidence.join(' ')).toContain("each other's column")
    for (const other of others) expect(other.score).toBeLessThan(1)
  })
})

describe('an answer that is no row', () => {
  it.each([
    ['an unknown code', 400, '{"code":"NEW_CODE","title":"New","detail":"new"}'],
    ['a known code with another status', 418, '{"code":"FORMAT_ERROR"}'],
    ['a success', 200, '{"code":"FAILED"}'],
    ['a redirect', 302, '{"code":"FAILED"}'],
    ['no body', 400, ''],
    ['HTML', 502, '<html><body>Bad gateway</body></html>'],
    ['a list', 400, '[{"code":"FAILED"}]'],
    ['null', 400, 'null'],
    ['a number', 400, '5'],
    ['a code that is no text', 400, '{"code":400,"title":["x"],"detail":{"a":1}}'],
    ['half a document', 400, '{"code":"FAILED"'],
    ['the title alone', 400, '{"title":"Bad request"}'],
  ])('gives nothing: %s', (_, status, body) => {
    expect(explain(bank, 'ica-register-client', status, body)).toEqual([])
  })

  it('gives nothing for an operation that has no such row', () => {
    expect(explain(bank, 'ica-accounts-list', 400, '{"code":"CERTIFICATE_EXPIRED"}')).toEqual([])
  })
})

describe('an answer that fits in part', () => {
  it('gives at most five rows, the best first, and less than certainty', () => {
    const found = explain(bank, 'ica-register-client', 400, '{"code":"FAILED","detail":"something new"}')
    expect(found).toHaveLength(5)
    expect(found.every(({ score }) => score === 0.6)).toBe(true)
    const mixed = explain(
      bank,
      'ica-register-client',
      400,
      '{"code":"FAILED","detail":"The Organization ID does not match"}',
    )
    expect(mixed[0]).toMatchObject({ errorId: 'ica-registration-oid-does-not-match', score: 0.9 })
    expect(mixed[1]!.score).toBeLessThan(0.9)
  })

  it('counts a row that is printed twice once', () => {
    const ids = explain(bank, 'ica-register-client', 400, '{"detail":"The Organization ID does not exist."}').map(
      ({ errorId }) => errorId,
    )
    expect(ids).toEqual(['ica-registration-oid-does-not-exist'])
  })
})

describe('the words of an error', () => {
  it('are read from problem details, OAuth errors and plain objects', () => {
    expect(readErrorWords('{"type":"about:blank","title":"T","code":"C","detail":"D"}')).toEqual({
      title: 'T',
      code: 'C',
      detail: 'D',
    })
    expect(readErrorWords('{"error":"invalid_grant","error_description":"used"}')).toEqual({
      title: null,
      code: 'invalid_grant',
      detail: 'used',
    })
    expect(readErrorWords('oops')).toEqual({ title: null, code: null, detail: null })
  })
})
