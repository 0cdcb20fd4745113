/** Judges the form and the check digits of an IBAN (ISO 13616-1, check digits of ISO/IEC 7064 MOD 97-10). */

/** Why it is none, as the end of a sentence that begins with it; null where it is one. Blanks are passed over. */
export function ibanProblem(text: string): string | null {
  const iban = text.replaceAll(' ', '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return 'does not have the form of an IBAN'
  let rest = 0
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1 ? null : 'has wrong check digits'
}
