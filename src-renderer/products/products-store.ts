/** Pages of products that were read, by bank and environment: the last one stays while another is asked for, or fails. */
import { create } from 'zustand'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { ProductProfile } from '#shared/product-profile.ts'
import { wholeBody } from '../accounts/whole-body.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import type { Json } from '../forms/json-value.ts'
import { sendDraft } from '../forms/sending.ts'
import { type Page, pageOf } from './read-products.ts'

export interface Asked {
  readonly list: string
  readonly locale: string
  readonly page: number
  readonly size: number
}

export interface Catalogue {
  /** What was asked for the page that is shown. */
  readonly shown: (Asked & Page) | null
  /** Why the last answer could not be read. */
  readonly unreadable: string | null
}

const nothing: Catalogue = { shown: null, unreadable: null }
const useAll = create<Readonly<Record<string, Catalogue>>>(() => ({}))

export const useCatalogue = (name: string): Catalogue => useAll()[name] ?? nothing

const change = (name: string, part: Partial<Catalogue>): void =>
  useAll.setState((all) => ({ [name]: { ...nothing, ...all[name], ...part } }))

/** @returns whether the page came */
export async function readPage(
  name: string,
  profile: ProductProfile,
  asked: Asked,
  draft: DraftInput,
): Promise<boolean> {
  change(name, { unreadable: null })
  const exchange = await sendDraft(name, draft)
  if (exchange === null || !succeeded(exchange)) return false
  try {
    const text = await wholeBody(exchange, new AbortController().signal, () => {})
    const page = pageOf(profile, JSON.parse(text) as Json, asked.size)
    change(
      name,
      page === null
        ? { unreadable: `The answer has no list of products at ${profile.items}.` }
        : { shown: { ...asked, ...page } },
    )
    return page !== null
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is no JSON' : 'could not be read'
    change(name, { unreadable: `The answer ${why}: ${(error as Error).message}` })
    return false
  }
}
