/** Decimal amounts as they are written, added exactly. */

/** Decimals that sums are kept with: more than any currency has. */
const scale = 8

/** null for what is no decimal number, or has more decimals than that. */
export function scaled(amount: string): bigint | null {
  const found = /^(-?)(\d+)(?:\.(\d{1,8}))?$/.exec(amount)
  if (found === null) return null
  const [, sign = '', whole = '', part = ''] = found
  const value = BigInt(whole + part.padEnd(scale, '0'))
  return sign === '-' ? -value : value
}

/** @param digits decimals shown at least; more where the sum has more */
export function decimalText(value: bigint, digits: number): string {
  const all = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const whole = all.slice(0, -scale)
  const part = all.slice(-scale).replace(/0+$/, '').padEnd(digits, '0')
  return `${value < 0n ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`
}

const group = /\B(?=(\d{3})+(?!\d))/g

/** For reading: digits in groups of three with narrow spaces, a true minus sign. */
export function readable(amount: string): string {
  const [whole = '', part] = amount.split('.')
  const grouped = whole.replace(group, '\u202f').replace('-', '\u2212')
  return part === undefined ? grouped : `${grouped}.${part}`
}
