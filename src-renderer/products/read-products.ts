/** Products out of a bank's answers, found where its profile says they stand; what it says nothing of is kept beside them. */
import type { Places } from '#shared/account-profile.ts'
import type { ProductProfile, ProductRates } from '#shared/product-profile.ts'
import { isObject, type Json, type JsonObject, partsOfPointer, valueAt } from '../forms/json-value.ts'
import { percentAt } from './percentage.ts'

export interface Product {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly description: string
  /** Everything the answer has of it. */
  readonly whole: JsonObject
}

export interface Page {
  readonly products: readonly Product[]
  /** Whether there is a page behind it. */
  readonly more: boolean
}

export interface Tier {
  readonly from: number
  readonly to: number
  readonly unit: string
  /** Per cent, as decimal text. */
  readonly rate: string | null
  readonly effective: string | null
}

const listAt = (value: Json, place: string): readonly Json[] => {
  const found = valueAt(value, place)
  return Array.isArray(found) ? (found as readonly Json[]) : []
}

function textAt(value: Json, places: Places | undefined): string {
  for (const place of places === undefined ? [] : typeof places === 'string' ? [places] : places) {
    const found = valueAt(value, place)
    if (typeof found === 'string') return found
    if (typeof found === 'number') return String(found)
  }
  return ''
}

/** An answer without the list is none of this kind: null. */
export function pageOf(profile: ProductProfile, answer: Json, size: number): Page | null {
  const { items, members, paging } = profile
  if (!Array.isArray(valueAt(answer, items))) return null
  const products = listAt(answer, items)
    .filter(isObject)
    .map((whole) => ({
      id: textAt(whole, members.id),
      name: textAt(whole, members.name),
      category: textAt(whole, members.category),
      description: textAt(whole, members.description),
      whole,
    }))
  const next = paging?.next === undefined ? undefined : valueAt(answer, paging.next)
  const more = paging === undefined ? false : paging.next === undefined ? products.length >= size : isAddress(next)
  return { products, more }
}

const isAddress = (value: Json | undefined): boolean => typeof value === 'string' && value !== ''

/** Every span a rate of the list holds for; empty where the bank names none. */
export function tiersOf(product: Product, rates: ProductRates): readonly Tier[] {
  const { tiers } = rates
  if (tiers === undefined) return []
  return listAt(product.whole, rates.at).flatMap((rate) =>
    listAt(rate, tiers.list).flatMap((tier) => {
      const [from, to] = [
        Number(valueAt(tier, tiers.from) ?? Number.NaN),
        Number(valueAt(tier, tiers.to) ?? Number.NaN),
      ]
      if (!Number.isFinite(from) || !Number.isFinite(to)) return []
      return [
        {
          from,
          to,
          unit: textAt(tier, tiers.unit),
          rate: percentAt(rate, rates.rate),
          effective: percentAt(rate, rates.effective),
        },
      ]
    }),
  )
}

/** The lowest and the highest rate of a product in one text; empty where it has none. */
export function rateSpan(product: Product, profile: ProductProfile): string {
  const all = profile.rates.flatMap((rates) =>
    listAt(product.whole, rates.at).map((rate) => percentAt(rate, rates.effective) ?? percentAt(rate, rates.rate)),
  )
  const known = all.filter((each) => each !== null && !Number.isNaN(Number(each))) as string[]
  const sorted = known.sort((a, b) => Number(a) - Number(b))
  const [low, high] = [sorted[0], sorted.at(-1)]
  if (low === undefined || high === undefined) return ''
  return low === high ? `${low} %` : `${low}–${high} %`
}

/** A part of a product that is not told by name: one value, or a list of entries. */
export interface Part {
  readonly name: string
  readonly value: Json
}

/** What the profile does not name, as the answer has it and in its order. */
export function otherParts({ whole }: Product, { members, rates }: ProductProfile): readonly Part[] {
  const { id, name, category, description } = members
  const named = [id, name, category, description, ...rates.map(({ at }) => at)].flatMap((each) => each ?? [])
  const taken = new Set(named.filter((place) => partsOfPointer(place).length === 1).map((place) => place.slice(1)))
  return Object.entries(whole)
    .filter(([name, value]) => !taken.has(name) && value !== null)
    .map(([name, value]) => ({ name, value }))
}

/** Entries of a list of rates, for a table of their own. */
export const ratesAt = (product: Product, rates: ProductRates): readonly JsonObject[] =>
  listAt(product.whole, rates.at).filter(isObject)
