/** The calls of Products: the question as it stands in the head, and the draft it makes. */
import type { BankDetail, OperationDetail } from '#shared/contract/banks.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { ProductProfile } from '#shared/product-profile.ts'
import { useOperationDetail } from '../requests/operation-details.ts'
import { useSelection } from '../selection.ts'
import { type Asked, readPage } from './products-store.ts'
import { type ProductsView, useProductsView } from './products-view.ts'

export interface ProductCalls {
  readonly bank: BankDetail
  readonly profile: ProductProfile
  readonly environment: string
  /** Under which what was read is kept. */
  readonly name: string
  readonly view: ProductsView
  readonly change: (part: Partial<ProductsView>) => void
  /** The call of the chosen list; null while it is read. */
  readonly detail: OperationDetail | null
  /** What is wrong with the number of products on a page; null where nothing is. */
  readonly sizeProblem: string | null
  /** Reads a page of what is chosen, changed as told. */
  readonly read: (part?: Partial<Asked>) => void
}

function draftOf(calls: Pick<ProductCalls, 'bank' | 'profile' | 'environment'>, asked: Asked): DraftInput {
  const { locale, paging } = calls.profile
  return {
    bank: calls.bank.id,
    environment: calls.environment,
    operation: asked.list,
    parameters: {
      ...(locale === undefined ? {} : { [locale.parameter]: asked.locale }),
      ...(paging === undefined ? {} : { [paging.parameter]: String(asked.page) }),
      ...(paging?.size === undefined ? {} : { [paging.size.parameter]: String(asked.size) }),
    },
  }
}

export function useProductCalls(bank: BankDetail, profile: ProductProfile, environment: string): ProductCalls {
  const [view, change] = useProductsView(bank.id, environment, profile)
  const { identity } = useSelection()
  const { detail } = useOperationDetail(bank.id, environment, view.list)
  const name = `products ${bank.id} ${environment}`
  const usual = profile.paging?.size?.usual ?? 0
  const wholeNumber = /^[1-9]\d{0,5}$/.test(view.size)
  const size = wholeNumber ? Number(view.size) : usual
  const read = (part: Partial<Asked> = {}): void => {
    const { list, locale, page } = view
    const asked = { list, locale, page, size, ...part }
    change({ list: asked.list, locale: asked.locale, page: asked.page })
    const draft = draftOf({ bank, profile, environment }, asked)
    // A public call is made as nobody.
    const by = detail?.clientCertificate === true && identity !== null ? { identity: identity.id } : {}
    void readPage(name, profile, asked, { ...draft, ...by })
  }
  const sizeProblem = profile.paging?.size === undefined || wholeNumber ? null : 'A whole number from 1 on.'
  return { bank, profile, environment, name, view, change, detail, sizeProblem, read }
}
