/** Georgian account numbers as IBAN (ISO 13616: check digits by modulo 97). */

/** @param account the sixteen digits after the bank's letters. */
export function georgianIban(account: string): string {
  const digits = account.padStart(16, '0')
  // B = 11, G = 16, then G = 16, E = 14 and two zeros where the check digits go.
  const check = 98n - (BigInt(`1116${digits}161400`) % 97n)
  return `GE${check.toString().padStart(2, '0')}BG${digits}`
}
