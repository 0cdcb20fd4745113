import { expect, test } from 'vitest'
import { formFields } from '../forms/form-fields.ts'
import {
  accessShapeIn,
  accountName,
  accountsIn,
  hasRight,
  ibansIn,
  withAccount,
  withoutAccount,
  withRight,
  withWord,
  wordIn,
} from './account-access.ts'

const reference = { type: 'object', properties: { iban: { type: 'string' }, currency: { type: 'string' } } }
const list = { type: 'array', items: reference }
const schema = {
  type: 'object',
  properties: {
    recurringIndicator: { type: 'boolean' },
    access: {
      type: 'object',
      properties: {
        balances: list,
        transactions: list,
        availableAccounts: { type: 'string', enum: ['allAccounts', 'allAccountsWithOwnerName'] },
      },
    },
  },
}
const shape = accessShapeIn(formFields(schema))!
const first = { iban: 'GE29NB0000000101904917' }
const second = { iban: 'GE29NB0000000101904918', currency: 'GEL' }

test('lists of accounts and words for all of them are told apart by the schema', () => {
  expect(shape.place).toBe('/access')
  expect(shape.rights.map(({ place }) => place)).toEqual(['/access/balances', '/access/transactions'])
  expect(shape.words).toMatchObject([
    { name: 'availableAccounts', values: ['allAccounts', 'allAccountsWithOwnerName'] },
  ])
})

test('a consent for one account has no such lists', () => {
  const one = { type: 'object', properties: { account: reference } }
  expect(accessShapeIn(formFields(one))).toBeNull()
})

test('an account stands once, with the rights it is given', () => {
  const both = withAccount(withAccount({ recurringIndicator: true }, shape, first), shape, second)
  expect(accountsIn(both, shape)).toEqual([first, second])
  const less = withRight(both, shape.rights[1]!, first, false)
  expect(less).toEqual({ recurringIndicator: true, access: { balances: [first, second], transactions: [second] } })
  expect(hasRight(less, shape.rights[1]!, first)).toBe(false)
  expect(withoutAccount(withoutAccount(less, shape, first), shape, second)).toEqual({ recurringIndicator: true })
})

test('a word takes the place of the lists, and lists that of the word', () => {
  const word = withWord(withAccount({}, shape, first), shape, 'availableAccounts', 'allAccounts')
  expect(word).toEqual({ access: { availableAccounts: 'allAccounts' } })
  expect(wordIn(word, shape)).toEqual({ name: 'availableAccounts', value: 'allAccounts' })
  expect(wordIn(withWord(word, shape, null), shape)).toBeNull()
})

test('accounts are named by their number, and found in answers', () => {
  expect(accountName(second)).toBe('GE29NB0000000101904918 GEL')
  expect(accountName({ maskedPan: '123456xxxxxx1234' })).toBe('maskedPan 123456xxxxxx1234')
  expect([...ibansIn({ accounts: [first, { linked: [second, first] }] })]).toEqual([first.iban, second.iban])
})
