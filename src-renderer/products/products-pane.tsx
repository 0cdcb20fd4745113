/** Products: the bank's public catalogue in the languages it has, page by page, each product as a person reads it. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { ProductProfile } from '#shared/product-profile.ts'
import { FaultRemedy } from '../access/fault-remedy.tsx'
import { useApp } from '../app-state.ts'
import { ExchangeLine } from '../exchange/exchange-line.tsx'
import { useSending } from '../forms/sending.ts'
import { bankDetail } from '../live-data.ts'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { ListAndDetail } from '../ui/list-and-detail.tsx'
import { EmptyState, Loading, Notice } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { ProductDetail } from './product-detail.tsx'
import { ProductList } from './product-list.tsx'
import { ProductsHead } from './products-head.tsx'
import { useCatalogue } from './products-store.ts'
import { type ProductCalls, useProductCalls } from './use-product-calls.ts'

/** The latest call, and why it did not do what it was for. */
function Outcome({ calls }: { readonly calls: ProductCalls }) {
  const { exchange, draft, fault } = useSending(calls.name)
  const { unreadable } = useCatalogue(calls.name)
  if (exchange === null && fault === null) return null
  return (
    <div className="flex max-h-[40%] shrink-0 flex-col gap-2 overflow-auto border-b border-line px-3 py-1">
      <FaultNotice fault={fault} title="It was not sent" action={<FaultRemedy fault={fault} />} />
      {exchange !== null && <ExchangeLine exchange={exchange} draft={draft} />}
      {unreadable !== null && (
        <Notice tone="bad" title="The answer could not be read">
          {unreadable}
        </Notice>
      )}
    </div>
  )
}

function Nothing({ calls }: { readonly calls: ProductCalls }) {
  const { busy, exchange, fault } = useSending(calls.name)
  if (busy) return <Loading what="The products are read" />
  if (exchange !== null || fault !== null) return null
  const open = calls.detail !== null && !calls.detail.clientCertificate && calls.detail.scope === null
  return (
    <EmptyState title="The products were not read yet">
      {open
        ? 'The catalogue is public: it is read without certificate, token and customer.'
        : 'They are read when you ask for it, and stay here while the window is open.'}
    </EmptyState>
  )
}

function Catalogue({ bank, profile, environment }: { bank: BankDetail; profile: ProductProfile; environment: string }) {
  const calls = useProductCalls(bank, profile, environment)
  const { shown } = useCatalogue(calls.name)
  const open = shown?.products.find(({ id }) => id === calls.view.product) ?? null
  return (
    <>
      <ProductsHead calls={calls} />
      <Outcome calls={calls} />
      {shown === null ? (
        <Nothing calls={calls} />
      ) : (
        <ListAndDetail
          label="Product"
          list={<ProductList calls={calls} shown={shown} />}
          detail={
            open === null ? (
              <EmptyState title="Choose a product">Its rates, fees and conditions stand here.</EmptyState>
            ) : (
              <ProductDetail
                key={open.id}
                product={open}
                profile={profile}
                language={profile.locale?.languages[shown.locale]}
              />
            )
          }
        />
      )}
    </>
  )
}

export function ProductsPane() {
  const { bank, environment } = useApp()
  const { value, fault } = bankDetail(bank)()
  const profile = value?.products ?? null
  if (value !== null && profile !== null)
    return <Catalogue key={`${bank} ${environment}`} bank={value} profile={profile} environment={environment} />
  return (
    <>
      <PaneHead title="Products" />
      {fault !== null ? (
        <FaultNotice fault={fault} title="The bank could not be read" />
      ) : value === null ? (
        <Loading what="The bank is read" />
      ) : (
        <EmptyState title="Its products cannot be shown here">
          The bank’s profile does not say where its answers tell of products. Its calls are under Requests.
        </EmptyState>
      )}
    </>
  )
}
