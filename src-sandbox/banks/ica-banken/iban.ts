/** Swedish account numbers as IBAN (ISO 13616: check digits by modulo 97). */

const icaBankCode = '927'

/** @param account the eleven digits of clearing and account number. */
export function swedishIban(account: string): string {
  const bban = icaBankCode + account.padStart(17, '0')
  // S = 28, E = 14, then two zeros where the check digits go.
  const check = 98n - (BigInt(`${bban}281400`) % 97n)
  return `SE${check.toString().padStart(2, '0')}${bban}`
}
