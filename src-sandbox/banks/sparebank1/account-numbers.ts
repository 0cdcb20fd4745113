/** IBANs (ISO 13616), the countries of SEPA, and KIDs, the references Norwegian invoices carry. */

const asNumber = (text: string): bigint => BigInt(text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)))

/** Null where it is an IBAN in its electronic form; otherwise why not. */
export function ibanObstacle(iban: string): string | null {
  if (/\s/.test(iban)) return 'has blanks'
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return 'is no IBAN'
  return asNumber(iban.slice(4) + iban.slice(0, 4)) % 97n === 1n ? null : 'has wrong check digits'
}

/** @param account the eleven digits of a Norwegian account. */
export function norwegianIban(account: string): string {
  const check = 98n - (asNumber(`${account}NO00`) % 97n)
  return `NO${check.toString().padStart(2, '0')}${account}`
}

const sepaCountries = new Set(
  (
    'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS ' +
    'SE SI SK SM VA'
  ).split(' '),
)

export const isInSepa = (iban: string): boolean => sepaCountries.has(iban.slice(0, 2))

/** Luhn. */
function modulo10(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const value = index % 2 === 1 ? digit * 2 : digit
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** Weights 2 to 7 from the right, the check digit itself counting once. */
function modulo11(digits: readonly number[]): boolean {
  const sum = digits
    .toReversed()
    .reduce((total, digit, index) => total + digit * (index === 0 ? 1 : ((index - 1) % 6) + 2), 0)
  return sum % 11 === 0
}

/** Who is paid agrees with the bank on one of two check digits; either is taken here. */
export function isKid(text: string): boolean {
  if (!/^\d{2,25}$/.test(text)) return false
  const digits = [...text].map(Number)
  return modulo10(digits) || modulo11(digits)
}
