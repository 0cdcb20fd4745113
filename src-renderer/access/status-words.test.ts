import { expect, test } from 'vitest'
import type { BankDetail } from '#shared/contract/banks.ts'
import { endOf, scaVocabulary, stagesOf, statusName } from './status-words.ts'

const word = (code: string, meaning: string, final = false) => ({ code, name: `Name of ${code}`, meaning, final })
const bank = {
  statuses: {
    consent: [word('received', 'The consent is there.'), word('valid', 'It can be used.')],
    sca: [word('received', 'The authorisation is there.'), word('started', 'Under way.'), word('failed', 'No.', true)],
  },
} as unknown as BankDetail

test('a status that two lists have is named by its meaning', () => {
  expect(statusName(bank, { status: 'RECEIVED', meaning: 'The consent is there.' })).toBe('Name of received')
  expect(statusName(bank, { status: 'unheardOf', meaning: null })).toBe('unheardOf')
  expect(statusName(bank, { status: null, meaning: null })).toBe('not known')
})

test('an authorisation stands at one stage of the bank’s own list', () => {
  const sca = scaVocabulary(bank, ['received', 'started'])
  expect(stagesOf(sca, 'started').map(({ state }) => state)).toEqual(['past', 'now', 'later'])
  expect(stagesOf(sca, 'failed').at(-1)).toEqual({ name: 'Name of failed', state: 'now' })
  expect(stagesOf(sca, 'unheardOf')).toEqual([])
})

test('a day is valid to its end', () => {
  expect(endOf('2026-12-31')).toBe('2026-12-31T23:59:59.999Z')
  expect(endOf('2026-12-31T10:00:00Z')).toBe('2026-12-31T10:00:00Z')
  expect(endOf('for ever')).toBeNull()
})
