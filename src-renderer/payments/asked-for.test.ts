/** Amount and payee are found wherever a bank puts them. */
import { describe, expect, it } from 'vitest'
import { askedFor } from './asked-for.ts'

const amount = { currency: 'SEK', amount: '12.00' }

describe('what a payment was asked for', () => {
  it.each([
    ['amount and name side by side', { instructedAmount: amount, creditorName: 'Bygg AB' }, '12.00 SEK · Bygg AB'],
    ['a party of its own', { payment: { instructedAmount: amount, creditor: { name: 'Åsa' } } }, '12.00 SEK · Åsa'],
    ['no name', { instructedAmount: { currency: 'EUR', amount: 7 } }, '7 EUR'],
    ['no amount', { creditorName: 'Bygg AB' }, 'Bygg AB'],
    ['several in one', { payments: [{ instructedAmount: amount }, { instructedAmount: amount }] }, '2 payments'],
    ['two amounts of one payment', { instructedAmount: amount, fee: amount }, '12.00 SEK'],
    ['an amount without its currency', { amount: '12.00' }, null],
    ['nothing of it', [null, 1, 'text', {}], null],
  ])('%s', (_title, document, words) => {
    expect(askedFor(document)).toBe(words)
  })
})
