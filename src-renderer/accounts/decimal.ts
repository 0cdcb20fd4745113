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

/** Decimals of a small amount, and how many of the units of `scaled` one of its units is. */
const smallScale = 4
export const smallUnit = 10n ** BigInt(scale - smallScale)
const smallest = 10 ** smallScale

const zero = 0x30

/**
 * An amount of up to eleven digits before the point and four behind it, as nearly all are, in units of its fourth decimal.
 * Read without a pattern and without big numbers: a hundred thousand of them are added up with every letter of a search.
 * null for any other text: `scaled` says what it is.
 */
export function smallScaled(amount: string): number | null {
  const start = amount.charCodeAt(0) === 0x2d ? 1 : 0
  if (amount.length - start > 11 + 1 + smallScale) return null
  let [value, unit, digits] = [0, 0, 0]
  for (let at = start; at < amount.length; at += 1) {
    const code = amount.charCodeAt(at)
    if (code === 0x2e) {
      if (unit !== 0 || digits === 0 || at === amount.length - 1) return null
      unit = smallest
    } else {
      if (code < zero || code > 0x39 || unit === 1) return null
      value = value * 10 + code - zero
      if (unit === 0) digits += 1
      else unit /= 10
    }
  }
  if (digits === 0 || digits > 11) return null
  const whole = value * (unit === 0 ? smallest : unit)
  return start === 1 ? -whole : whole
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
