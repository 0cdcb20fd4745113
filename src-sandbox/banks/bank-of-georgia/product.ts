/** A product of the catalogue in one of its two languages, and what loans and deposits have in common. */

export const locales = ['ge', 'en'] as const
export type Locale = (typeof locales)[number]

export type Text = Readonly<Record<Locale, string>>

export const text = (ge: string, en: string): Text => ({ ge, en })

export const productCategories = ['PERS_LOANS', 'TERM_DEPOSITS'] as const
export type ProductCategory = (typeof productCategories)[number]

/** As the interface has it. */
export interface Product {
  readonly productId: string
  readonly productCategory: ProductCategory
  readonly [field: string]: unknown
}

const firstParts: Readonly<Record<ProductCategory, string>> = { PERS_LOANS: '7bed11fa', TERM_DEPOSITS: '0b1d9dfe' }

/** @param number counted from 1 within its category. */
export const identified = (productCategory: ProductCategory, number: number): Product => ({
  productId: `${firstParts[productCategory]}-0000-4000-8000-${String(number).padStart(12, '0')}`,
  effectiveFrom: '2026-01-05T10:00:00.000+04:00',
  lastUpdated: '2026-03-31T18:30:00.000+04:00',
  productCategory,
})
