/** Reads an answer's JSON by pointers of the bank's data, and statuses as a bank compares them: in any case. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { type Json, valueAt } from '../forms/json-value.ts'

/** null for what is no JSON, or only the beginning of it. */
export function bodyOf(exchange: Exchange | null): Json | null {
  if (exchange === null || exchange.response === null) return null
  try {
    return JSON.parse(exchange.response.body) as Json
  } catch {
    return null
  }
}

/** null where there is nothing, or an empty text; numbers as they are written. */
export function textAt(body: Json | null, pointer: string): string | null {
  const value = valueAt(body ?? undefined, pointer)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

export type StatusWord = BankDetail['statuses'][string][number]

export const sameCode = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** null for a code the bank's document does not name. */
export const statusWord = (bank: BankDetail, vocabulary: string, code: string | null): StatusWord | null =>
  (code === null ? undefined : bank.statuses[vocabulary]?.find((each) => sameCode(each.code, code))) ?? null
