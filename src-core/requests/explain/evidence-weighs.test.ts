/** What is known of a call ranks the rows, is shown as proof, speaks against the bank where it is mistaken, and ends in a remedy. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answered, factsOf, grant, now, openTestShelf, type TestShelf } from '../../../test/requests/call-facts.ts'
import { explain } from './explain.ts'

let shelf: TestShelf
beforeAll(async () => {
  shelf = await openTestShelf()
})
afterAll(() => shelf.close())

const notAuthenticated = { title: 'UnAuthorized', code: 'Not Authenticated', detail: 'User is not Authenticated' }
const consentInvalid = { title: 'UnAuthorized', code: 'Consent_invalid', detail: 'Consent is missing or invalid' }
const ended = {
  ...grant,
  accessTokenExpiresAt: new Date(now - 42_000).toISOString(),
  obtainedAt: new Date(now - 642_000).toISOString(),
}
const bearer: [string, string][] = [['Authorization', 'Bearer abcdef']]

describe('a proven cause', () => {
  it('comes first, with its figures and what does away with it', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { grant: ended, headers: bearer })
    const [best] = explain(answered(facts, 401, notAuthenticated))
    expect(best).toMatchObject({
      errorId: 'ica-general-not-authenticated',
      match: 'words',
      score: 1,
      contradicted: null,
    })
    expect(best?.causes[0]).toMatchObject({
      verdict: 'proven',
      proofs: [
        {
          evidence: 'token-expired',
          holds: true,
          sentence: 'The access token was 642 s old and had ended 42 s before.',
        },
      ],
    })
    expect(best?.causes.at(-1)?.verdict).toBe('disproved')
    expect(best?.evidence).toContain('The access token was 642 s old and had ended 42 s before.')
    expect(best?.remedies).toEqual([{ action: 'refresh-grant', label: 'Refresh', target: { grant: 'g-1' } }])
  })

  it('is judged by the bank’s clock', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { headers: bearer, ahead: 600 })
    const [best] = explain(answered(facts, 401, notAuthenticated))
    expect(best?.causes[0]?.proofs[0]?.sentence).toMatch(/ended 100 s before by the bank’s clock, which is 600 s ahead/)
  })

  it('puts a row before another of the same words', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { grant: null, headers: bearer })
    const row = facts.bank.errors.find(({ id }) => id === 'ica-general-not-authenticated')!
    const twin = { ...row, id: 'twin', causes: [{ text: 'No header.', evidence: ['no-token' as const] }] }
    const bank = { ...facts.bank, errors: [row, twin] }
    const there = explain(answered({ ...facts, bank }, 401, notAuthenticated))
    expect(there.map(({ errorId }) => errorId)).toEqual(['ica-general-not-authenticated', 'twin'])
    const without = explain(answered({ ...facts, bank: { ...bank }, headers: [] }, 401, notAuthenticated))
    expect(without[0]?.score).toBe(1)
    const only = { ...twin, causes: [{ text: 'Scope.', evidence: ['token-expired' as const] }] }
    const alive = { ...facts, bank: { ...bank, errors: [only, twin] }, headers: [], grant: null }
    expect(explain(answered(alive, 401, notAuthenticated))[0]?.errorId).toBe('twin')
  })
})

describe('the code of the bank', () => {
  it('is contradicted by what is certain', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { grant: ended, headers: bearer })
    const found = explain(answered(facts, 401, consentInvalid))
    expect(found[0]).toMatchObject({ errorId: 'ica-general-consent-invalid', match: 'words' })
    expect(found[0]?.contradicted).toBe(
      'The bank says "Consent_invalid", but the access token was 642 s old and had ended 42 s before.',
    )
    expect(found[1]).toMatchObject({ errorId: 'ica-general-not-authenticated', match: 'evidence' })
  })

  it('is not contradicted where its own cause is proven', async () => {
    const other = { ...ended, scope: 'payment' }
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { grant: other, headers: bearer })
    expect(explain(answered(facts, 401, consentInvalid))[0]).toMatchObject({
      contradicted: null,
      causes: [{ verdict: 'proven' }, { verdict: 'open' }, { verdict: 'open' }, { verdict: 'open' }],
      remedies: [{ action: 'authorise-scope', target: { scope: 'account' } }],
    })
  })

  it('that nobody knows gives way to what is proven', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { grant: ended, headers: bearer })
    const [best, ...rest] = explain(answered(facts, 401, { code: 'E-17' }))
    expect(best).toMatchObject({ errorId: 'ica-general-not-authenticated', match: 'evidence' })
    expect(rest.every(({ match }) => match === 'nearest')).toBe(true)
  })

  it('is not needed: a bank without a table is explained by evidence alone', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { grant: ended, headers: bearer })
    const found = explain(answered({ ...facts, bank: { ...facts.bank, errors: [] } }, 401, ''))
    expect(found).toMatchObject([
      { errorId: 'evidence:token-expired', match: 'evidence', causes: [{ verdict: 'proven' }] },
    ])
    expect(found[0]?.evidence[0]).toBe('The answer has no body.')
  })
})

describe('a call without an answer', () => {
  it('is explained by the certificate', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list')
    const expired = { ...facts, identity: { ...facts.identity!, notAfter: '2026-05-01T00:00:00.000Z' } }
    const fault = { code: 'TLS_CLIENT_CERTIFICATE', message: 'The bank probably refused the client certificate.' }
    const [best] = explain(answered(expired, 0, '', { status: null, fault }))
    expect(best).toMatchObject({ errorId: 'fault:TLS_CLIENT_CERTIFICATE', match: 'fault', score: 1 })
    expect(best?.evidence).toContain('The certificate of test expired on 2026-05-01T00:00:00.000Z.')
    expect(best?.remedies.map(({ action }) => action)).toEqual(['order-certificate', 'choose-identity'])
  })

  it('leads to the environment’s address', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list', { environment: 'production' })
    const fault = { code: 'NETWORK_DNS', message: 'No such name.' }
    expect(explain(answered(facts, 0, '', { status: null, fault }))[0]?.remedies).toEqual([
      {
        action: 'fill-in-environment',
        label: 'Open the environment',
        target: { bank: 'ica-banken', environment: 'production', field: 'urls.resource' },
      },
    ])
  })

  it('has no explanation when a person stopped it', async () => {
    const facts = await factsOf(shelf, 'ica-banken', 'ica-accounts-list')
    expect(explain(answered(facts, 0, '', { status: null, fault: { code: 'CANCELLED', message: 'x' } }))).toEqual([])
  })
})
