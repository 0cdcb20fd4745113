/** What counts as the bank's page for the customer. */
import { expect, test } from 'vitest'
import { isChallenge, namedWayBack } from './challenge-link.ts'

const bank = { challenge: { status: 401, link: 'scaRedirect', returnHeader: 'TPP-Redirect-URI' } }
const answered = (status: number, body: string) => ({ response: { status, headers: [], body, size: body.length } })
const link = JSON.stringify({ _links: { scaRedirect: { href: 'https://bank.example/[redacted]' } } })

test('is an answer with the status and the link of the bank', () => {
  expect(isChallenge(bank, answered(401, link))).toBe(true)
  expect(isChallenge(bank, answered(403, link))).toBe(false)
  expect(isChallenge(bank, answered(401, '{"_links":{"self":{"href":"x"}}}'))).toBe(false)
  for (const body of ['', '{', '[]', 'null', '{"_links":null}', '{"_links":"scaRedirect"}'])
    expect(isChallenge(bank, answered(401, body)), body).toBe(false)
  expect(isChallenge(bank, { response: null })).toBe(false)
})

test('is nothing at banks without it, or before the bank is known', () => {
  expect(isChallenge({ challenge: null }, answered(401, link))).toBe(false)
  expect(isChallenge(null, answered(401, link))).toBe(false)
})

test('names the way back in whatever spelling', () => {
  const request = {
    method: 'POST',
    url: '',
    body: null,
    headers: [['tpp-redirect-uri', 'https://x']] as [string, string][],
  }
  expect(namedWayBack(bank, { request })).toBe(true)
  expect(namedWayBack(bank, { request: { ...request, headers: [] } })).toBe(false)
})
