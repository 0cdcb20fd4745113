import { expect, test } from 'vitest'
import { adjustments, shown } from './adjustments.ts'

const asked = {
  access: { balances: [{ iban: 'GE1', currency: 'GEL' }] },
  validUntil: '9999-12-31',
  frequencyPerDay: 4,
  combinedServiceIndicator: false,
}

test('what the bank changed is told from what it took as it was, and from what it does not say', () => {
  const given = {
    access: { balances: [{ currency: 'GEL', iban: 'GE1' }] },
    validUntil: '2027-05-20',
    frequencyPerDay: 4,
    consentStatus: 'valid',
  }
  expect(adjustments(asked, given)).toEqual([
    { name: 'access', label: 'Access', asked: 'balances: GE1 GEL', given: 'balances: GEL GE1', adjusted: false },
    { name: 'validUntil', label: 'Valid until', asked: '9999-12-31', given: '2027-05-20', adjusted: true },
    { name: 'frequencyPerDay', label: 'Frequency per day', asked: '4', given: '4', adjusted: false },
  ])
})

test('fewer accounts than asked for are an adjustment', () => {
  expect(adjustments(asked, { access: {} })).toMatchObject([{ name: 'access', given: '', adjusted: true }])
  expect(shown([{ iban: 'GE1' }, { iban: 'GE2' }])).toBe('GE1, GE2')
})
