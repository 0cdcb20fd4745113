/** Every row of the bank's own error table is recognised in an answer made from it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causeText } from '#shared/cause-text.ts'
import type { ErrorRow } from '#shared/error-row.ts'
import { answered, factsOf, openTestShelf, type TestShelf } from '../../../test/requests/call-facts.ts'
import type { Bank } from '../../banks/bank.ts'
import { explain as explainFacts } from './explain.ts'
import { pageTitle, readErrorWords } from './read-words.ts'

let shelf: TestShelf
let bank: Bank

beforeAll(async () => {
  shelf = await openTestShelf()
  bank = await shelf.banks.open('ica-banken')
})
afterAll(() => shelf.close())

/** Of a call nothing is known of but its answer. */
async function explain(here: Bank, operation: string, status: number, body: string) {
  const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', {
    identity: undefined,
    grant: null,
    schemaFindings: null,
  })
  const found = here.operations.find(({ id }) => id === operation) ?? { ...facts.operation, id: operation }
  const sent = {
    url: `https://bank.example${found.path}`,
    method: found.method,
    body: found.body === null ? null : '{}',
  }
  const call = { ...facts, ...sent, bank: here, operation: { ...found, scope: null }, scope: null }
  return explainFacts(answered(call, status, body))
}

const filled = (text: string | null) => text?.replaceAll('<<oid>>', 'PSDSE-FINA-00001')
const answer = ({ title, code, detail }: Pick<ErrorRow, 'title' | 'code' | 'detail'>) =>
  JSON.stringify({ title, code, detail: filled(detail) })
const sameWords = (a: ErrorRow, b: ErrorRow) =>
  a.http === b.http && a.code === b.code && a.title === b.title && a.detail === b.detail

describe('every row', () => {
  it('is recognised for every operation it names, first or beside rows of the very same words', async () => {
    expect(bank.errors).toHaveLength(44)
    for (const row of bank.errors) {
      for (const operation of row.operations) {
        const found = await explain(bank, operation, row.http, answer(row))
        const wanted = row.duplicateOf ?? row.id
        const place = `${row.id} at ${operation}`
        const own = found.find(({ errorId }) => errorId === wanted)
        // A body of nothing disproves what a row says of its members.
        expect(own?.score, place).toBeGreaterThanOrEqual(0.9)
        const tied = found.filter(({ score }) => score >= own!.score).map(({ errorId }) => errorId)
        for (const id of tied) {
          const other = bank.errors.find((each) => each.id === id)!
          expect(id === wanted || sameWords(row, other), `${place} ties with ${id}`).toBe(true)
        }
      }
    }
  })

  it('comes with cause, fix and what was compared', async () => {
    const row = bank.errors.find(({ id }) => id === 'ica-general-kyc-blocked')!
    const [best] = await explain(bank, 'ica-accounts-list', 403, answer(row))
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
  it('may be anything', async () => {
    for (const oid of ['PSDSE-FINA-00001', '', 'a b', '<<oid>>']) {
      const body = JSON.stringify({ code: 'FAILED', title: 'Bad request', detail: `OID: ${oid} is already registered` })
      expect((await explain(bank, 'ica-register-client', 400, body))[0]?.errorId).toBe(
        'ica-registration-already-registered',
      )
    }
  })

  it('does not make the words around it overlap', async () => {
    const row: ErrorRow = { ...bank.errors[0]!, detail: 'ab<<x>>b', http: 400, operations: ['op'], code: 'C' }
    const one = { ...bank, errors: [row] }
    expect(await explain(one, 'op', 400, '{"detail":"ab"}')).toMatchObject([{ match: 'nearest' }])
    expect(await explain(one, 'op', 400, '{"detail":"abb"}')).toMatchObject([{ match: 'words' }])
  })
})

describe('columns in the other order', () => {
  it('are recognised: the table prints them shifted', async () => {
    const row = bank.errors.find(({ id }) => id === 'ica-payments-resource-not-valid')!
    const body = JSON.stringify({ title: row.title, code: row.detail, detail: row.code })
    const [best, ...others] = await explain(bank, 'ica-payment-create', 404, body)
    expect(best).toMatchObject({ errorId: row.id, score: 1 })
    expect(best?.evidence.join(' ')).toContain("each other's column")
    for (const other of others) expect(other.score).toBeLessThan(1)
  })
})

describe('an answer that is no row', () => {
  it.each([
    ['a success', 200, '{"code":"FAILED"}'],
    ['a redirect', 302, '{"code":"FAILED"}'],
    ['an operation that has no row of this status or code', 418, ''],
  ])('gives nothing: %s', async (_, status, body) => {
    expect(await explain(bank, 'ica-register-client', status, body)).toEqual([])
  })

  it.each([
    [
      'an unknown code',
      400,
      '{"code":"CERTIFICATE_EXPIRY","title":"New","detail":"new"}',
      /"CERTIFICATE_EXPIRY" with status 400 is not in/,
    ],
    [
      'a known code with another status',
      418,
      '{"code":"CERTIFICATE_EXPIRED"}',
      /is that of the row, whose status is 400 and not 418/,
    ],
    ['no body', 400, '', /^The answer has no body\.$/],
    ['HTML', 400, '<html><head><title>Bad &amp; gone</title>', /HTML page \("Bad & gone"\)/],
    ['a list', 400, '[{"code":"FAILED"}]', /has no code/],
    ['null', 400, 'null', /has no code/],
    ['a code that is no text', 400, '{"code":400,"title":["x"],"detail":{"a":1}}', /has no code/],
    ['half a document', 400, '{"code":"FAILED"', /has no code/],
    ['the title alone', 400, '{"title":"Bad request"}', /has no code/],
  ])('names the nearest rows as no more than that: %s', async (_, status, body, said) => {
    const found = await explain(bank, 'ica-register-client', status, body)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThanOrEqual(3)
    expect(new Set(found.map(({ match }) => match))).toEqual(new Set(['nearest']))
    expect(found.every(({ score }) => score <= 0.3)).toBe(true)
    expect(found[0]!.evidence.some((sentence) => said.test(sentence))).toBe(true)
  })

  it('puts the row with the code most like it first', async () => {
    const [best] = await explain(bank, 'ica-register-client', 400, '{"code":"CERTIFICATE_EXPIRY"}')
    expect(best?.errorId).toBe('ica-registration-certificate-expired')
  })
})

describe('an answer that fits in part', () => {
  it('gives at most five rows, the best first, and less than certainty', async () => {
    const found = await explain(bank, 'ica-register-client', 400, '{"code":"FAILED","detail":"something new"}')
    expect(found).toHaveLength(5)
    // Of a body that is `{}` something is proven: the rows about what it lacks stand a little higher.
    expect([...new Set(found.map(({ score }) => score))]).toEqual([0.7, 0.6])
    const mixed = await explain(
      bank,
      'ica-register-client',
      400,
      '{"code":"FAILED","detail":"The Organization ID does not match"}',
    )
    expect(mixed[0]).toMatchObject({ errorId: 'ica-registration-oid-does-not-match', score: 0.9 })
    expect(mixed[1]!.score).toBeLessThan(0.9)
  })

  it('counts a row that is printed twice once', async () => {
    const ids = (
      await explain(bank, 'ica-register-client', 400, '{"detail":"The Organization ID does not exist."}')
    ).map(({ errorId }) => errorId)
    expect(ids).toEqual(['ica-registration-oid-does-not-exist'])
  })
})

describe('the words of an error', () => {
  it('are read from problem details, OAuth errors and plain objects', async () => {
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

  it.each([
    ['tppMessages', { tppMessages: [{ category: 'ERROR', code: 'FORMAT_ERROR', text: 't' }] }, 'FORMAT_ERROR', 't'],
    ['tppMessage', { tppMessage: { code: 'CONSENT_INVALID', text: 't' } }, 'CONSENT_INVALID', 't'],
    ['a PayEx problem', { type: 'ledger/public-account-transaction/v1/problems/fatal', detail: 'd' }, 'fatal', 'd'],
    ['a PayEx problem in capitals', { Type: 'ledger/x/problems/not-found', Detail: 'd' }, 'not-found', 'd'],
    ['SpareBank 1', { id: '1', system: 'ERA-PSD2', status: 403, code: 'FORBIDDEN', message: 'm' }, 'FORBIDDEN', 'm'],
    ['Salt Edge', { class: 'SignatureInvalid', message: 'm' }, 'SignatureInvalid', 'm'],
  ])('are read from %s', (_, body, code, detail) => {
    expect(readErrorWords(JSON.stringify(body))).toMatchObject({ code, detail })
  })

  it('tell a page from anything else', () => {
    expect(pageTitle('<!doctype html><title> Not\n found </title>')).toBe('Not found')
    expect(pageTitle('<html><body><h1>502</h1>')).toBe('502')
    expect(pageTitle('<html>')).toBe('')
    expect(pageTitle('<Problem/>')).toBeNull()
  })
})
