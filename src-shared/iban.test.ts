import { expect, it } from 'vitest'
import { currencyDigits } from './currency-digits.ts'
import { ibanProblem } from './iban.ts'

it.each(['SE4550000000058398257466', 'GB82 WEST 1234 5698 7654 32', 'de89370400440532013000', 'NO9386011117947'])(
  'is an IBAN: %s',
  (iban) => expect(ibanProblem(iban)).toBeNull(),
)

it.each([
  ['SE4550000000058398257467', 'has wrong check digits'],
  ['SE45', 'does not have the form of an IBAN'],
  ['1234567890123456', 'does not have the form of an IBAN'],
  ['', 'does not have the form of an IBAN'],
])('is none: %s', (text, problem) => expect(ibanProblem(text)).toBe(problem))

it.each([
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['CLF', 4],
  ['XXX', 2],
])('%s has %d decimals', (currency, digits) => expect(currencyDigits(currency)).toBe(digits))
