/** What the last known status of a consent proves, by the clock of the bank that has it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { factsOf, now, openTestShelf, type TestShelf } from '../../../test/requests/call-facts.ts'
import { nothingAround } from '../call-facts.ts'
import type { RememberedResource } from '../call-knowledge.ts'
import { evidence } from './evidence.ts'

let shelf: TestShelf
beforeAll(async () => {
  shelf = await openTestShelf()
})
afterAll(() => shelf.close())

const aMinuteAgo = new Date(now - 60_000).toISOString()
const consent: RememberedResource = {
  id: 'c-1',
  kind: 'consent',
  identity: null,
  resource: '17',
  status: 'valid',
  createdAt: aMinuteAgo,
  seenAt: aMinuteAgo,
  validUntil: null,
  frequencyPerDay: null,
  replacedBy: null,
  authorisations: [],
  links: [],
}

it.each([
  ['no clock is known', null, false],
  ['the clocks agree', 2, false],
  ['the clock of the bank went on by 91 days', 91 * 86_400, 'unknown'],
])('a status of a minute ago, where %s', async (_name, ahead, holds) => {
  const around = { ...nothingAround, resources: [consent] }
  const facts = await factsOf(shelf, 'salt-edge', 'salt-edge-funds-confirmation-create', { ahead, around })
  expect(evidence['consent-not-valid'](facts).holds).toBe(holds)
})
