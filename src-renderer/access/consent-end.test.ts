import { expect, test } from 'vitest'
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { consentEnd } from './consent-end.ts'

const word = (code: string, name: string, meaning: string, final: boolean) => ({ code, name, meaning, final })
const bank = {
  statuses: {
    consent: [
      word('valid', 'Valid', 'It can be used.', false),
      word('expired', 'Expired', 'Past its last day, or replaced.', true),
      word('revokedByPsu', 'Revoked by the customer', 'The customer took it back.', true),
      word('terminatedByTpp', 'Ended by the TPP', 'The TPP deleted it.', true),
    ],
  },
  resources: [{ kind: 'consent', delete: { operation: 'delete', gives: 'terminatedByTpp' } }],
} as unknown as BankDetail

const now = Date.parse('2026-11-21T09:00:00Z')
const end = (status: string, change: Partial<Remembered> = {}) => {
  const { meaning = null, final = false } = bank.statuses.consent!.find(({ code }) => code === status) ?? {}
  const consent = { kind: 'consent', status, meaning, final, replacedBy: null, validUntil: '2026-12-31', ...change }
  return consentEnd(bank, consent as Remembered, now)
}

test('replaced, expired, revoked and deleted are told apart', () => {
  expect(end('valid')).toBeNull()
  expect(end('expired', { replacedBy: 'r-1' })?.title).toBe('Replaced by a newer consent')
  expect(end('expired', { validUntil: '2026-11-20' })).toEqual({
    title: 'Expired',
    text: 'Past its last day, or replaced. Its last day was 2026-11-20.',
  })
  expect(end('expired')?.text).toContain('Its last day would have been 2026-12-31: it ended before.')
  expect(end('revokedByPsu')?.title).toBe('Revoked by the customer')
  expect(end('terminatedByTpp')?.text).toContain('from the TPP’s side')
})

test('the last day counts although the bank was not asked since', () => {
  expect(end('valid', { validUntil: '2026-11-20' })?.title).toBe('Past its last day')
})
