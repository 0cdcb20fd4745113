/** Rates as per cent, exactly as they are written: the point is moved in the text, nothing is calculated. */
import type { Percentage } from '#shared/product-profile.ts'
import { type Json, valueAt } from '../forms/json-value.ts'

/** `0.213` with two places to the left of the point more: `21.3`. null for what is no plain decimal. */
export function hundredfold(text: string): string | null {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (found === null) return null
  const [, sign = '', whole = '', part = ''] = found
  const digits = (whole + part.padEnd(2, '0').slice(0, 2)).replace(/^0+(?=\d)/, '')
  const rest = part.slice(2).replace(/0+$/, '')
  return `${sign}${digits}${rest === '' ? '' : `.${rest}`}`
}

/** @returns decimal text without the sign of per cent; null where there is none */
export function percentAt(entry: Json, place: Percentage | undefined): string | null {
  const value = place === undefined ? undefined : valueAt(entry, place.at)
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const text = String(value).trim()
  return place?.in === 'fraction' ? (hundredfold(text) ?? text) : text
}
