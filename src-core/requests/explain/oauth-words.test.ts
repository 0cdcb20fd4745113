/** A token endpoint's own words where the bank's table has none: what they mean for a code and for a refresh token. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answered, factsOf, now, openTestShelf, type TestShelf } from '../../../test/requests/call-facts.ts'
import { explain } from './explain.ts'

let shelf: TestShelf
beforeAll(async () => {
  shelf = await openTestShelf()
})
afterAll(() => shelf.close())

async function refused(operation: string, body: string, answer: object, change: object = {}) {
  const headers: [string, string][] = [['Content-Type', 'application/x-www-form-urlencoded']]
  const facts = await factsOf(shelf, 'ica-banken', operation, { headers, body, grant: null, ...change })
  return explain(answered(facts, 400, answer))
}
const code = 'grant_type=authorization_code&code=abc'
const refresh = 'grant_type=refresh_token&refresh_token=abc'
const invalid = { error: 'invalid_grant' }

describe('invalid_grant', () => {
  it('is a code that is too old, as soon as it was here for longer than it lives', async () => {
    const ofCode = 'ica-oauth-token-authorization-code'
    const [old] = await refused(ofCode, code, invalid, { codeSince: now - 31_000 })
    expect(old).toMatchObject({ errorId: 'oauth:invalid_grant', match: 'standard', score: 1 })
    expect(old?.causes[0]).toMatchObject({ verdict: 'proven', proofs: [{ evidence: 'code-too-old' }] })
    const [young] = await refused(ofCode, code, invalid, { codeSince: now - 1000 })
    expect(young).toMatchObject({ errorId: 'oauth:invalid_grant', score: 0.6 })
    expect(young?.causes.map(({ verdict }) => verdict)).not.toContain('proven')
  })

  it('of a refresh token says that it rotates, and nothing of codes', async () => {
    const [best] = await refused('ica-oauth-token-refresh', refresh, invalid)
    expect(best).toMatchObject({ errorId: 'oauth:invalid_grant', match: 'standard' })
    expect(best?.cause).toContain('spent before')
    expect(best?.cause).not.toContain('code_verifier')
  })

  it('yields to a row of the bank that has the words of the answer', async () => {
    const [best] = await refused('ica-oauth-token-refresh', refresh, { ...invalid, code: 'Consent_expired' })
    expect(best).toMatchObject({ errorId: 'ica-general-consent-expired' })
  })

  it('is none of the standard’s where no token was asked for, and no other word is', async () => {
    const elsewhere = await refused('ica-accounts-list', '', invalid)
    expect(elsewhere.map(({ match }) => match)).not.toContain('standard')
    for (const error of ['invalid_toast', 'constructor', '__proto__'])
      expect((await refused('ica-oauth-token-refresh', refresh, { error })).map(({ match }) => match)).not.toContain(
        'standard',
      )
  })
})
