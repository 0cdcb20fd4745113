/** What a person chose in Products: list, language, page and product; kept across reloads. */
import type { ProductProfile } from '#shared/product-profile.ts'
import { keep, useApp } from '../app-state.ts'

export interface ProductsView {
  /** Operation of the list. */
  readonly list: string
  /** Value of the parameter for the language; empty where the bank has none. */
  readonly locale: string
  /** As typed. */
  readonly size: string
  /** As the bank counts them. */
  readonly page: number
  /** Id of the product that is open. */
  readonly product: string | null
}

const keyOf = (bank: string, environment: string): string => `products ${bank} ${environment}`

/** A list or language that the profile no longer has is not taken up again. */
function viewOf(value: unknown, { lists, locale, paging }: ProductProfile): ProductsView {
  const kept = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<keyof ProductsView, unknown>
  >
  const locales = Object.keys(locale?.languages ?? {})
  return {
    list: lists.find(({ operation }) => operation === kept.list)?.operation ?? lists[0]!.operation,
    locale: locales.find((each) => each === kept.locale) ?? locales[0] ?? '',
    size: typeof kept.size === 'string' ? kept.size : String(paging?.size?.usual ?? ''),
    page: typeof kept.page === 'number' ? kept.page : (paging?.first ?? 0),
    product: typeof kept.product === 'string' ? kept.product : null,
  }
}

export function useProductsView(bank: string, environment: string, profile: ProductProfile) {
  const name = keyOf(bank, environment)
  const kept = useApp(({ kept: all }) => all[name])
  const change = (part: Partial<ProductsView>): void =>
    keep(name, { ...viewOf(useApp.getState().kept[name], profile), ...part })
  return [viewOf(kept, profile), change] as const
}
