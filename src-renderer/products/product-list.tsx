/** One page of products, the way to the pages beside it, and the kinds of product the bank has no call for. */
import { useSending } from '../forms/sending.ts'
import { Button } from '../ui/button.tsx'
import type { Column } from '../ui/data-table.tsx'
import { LongTable } from '../ui/long-table.tsx'
import { EmptyState } from '../ui/notice.tsx'
import type { Catalogue } from './products-store.ts'
import { type Product, rateSpan } from './read-products.ts'
import type { ProductCalls } from './use-product-calls.ts'
import { wordsOfCode } from './words.ts'

type Shown = NonNullable<Catalogue['shown']>

function columnsOf({ profile }: ProductCalls, { locale }: Shown): readonly Column<Product>[] {
  const language = profile.locale?.languages[locale]
  return [
    {
      id: 'name',
      head: 'Name',
      cell: ({ id, name }) => (
        <span lang={language} title={name}>
          {name || id}
        </span>
      ),
    },
    {
      id: 'category',
      head: 'Category',
      // One list is mostly of one category: the name needs the room more.
      width: 'w-32 hidden xl:table-cell',
      cell: ({ category }) => (
        <span title={category}>{profile.categories[category] ?? wordsOfCode(category) ?? category}</span>
      ),
    },
    ...(profile.rates.length === 0
      ? []
      : [{ id: 'rate', head: 'Rates', width: 'w-28', end: true, cell: (row: Product) => rateSpan(row, profile) }]),
  ]
}

function Pages({ calls, shown }: { readonly calls: ProductCalls; readonly shown: Shown }) {
  const { profile, name, read } = calls
  const { busy } = useSending(name)
  const { paging } = profile
  const { page, products, more, list, locale, size } = shown
  const count = `${products.length} product${products.length === 1 ? '' : 's'}`
  if (paging === undefined) return <p role="status">{count}</p>
  const turn = (by: number) => read({ list, locale, size, page: page + by })
  return (
    <>
      <p role="status" className="flex-1">
        Page {page}: {count}, {more ? 'there are more' : 'the last page'}
      </p>
      <Button disabled={busy || page <= paging.first} onClick={() => turn(-1)}>
        Previous page
      </Button>
      <Button disabled={busy || !more} onClick={() => turn(1)}>
        Next page
      </Button>
    </>
  )
}

export function ProductList({ calls, shown }: { readonly calls: ProductCalls; readonly shown: Shown }) {
  const { profile, view, change } = calls
  const { products, list, locale, page } = shown
  const title = profile.lists.find(({ operation }) => operation === list)?.name ?? 'Products'
  return (
    <>
      {products.length === 0 ? (
        <div className="min-h-0 flex-1">
          <EmptyState title="The page has no product">
            {page > (profile.paging?.first ?? 0) ? 'It is behind the last one.' : 'The bank lists none here.'}
          </EmptyState>
        </div>
      ) : (
        <LongTable
          label={title}
          columns={columnsOf(calls, shown)}
          rows={products}
          keyOf={({ id }) => id}
          selected={view.product}
          onChoose={({ id }) => change({ product: id })}
          arrangement={`${list} ${locale} ${page}`}
        />
      )}
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-t border-line px-3 py-1.5">
        <Pages calls={calls} shown={shown} />
      </div>
      {profile.withoutCall.length > 0 && (
        <p className="shrink-0 border-t border-line px-3 py-1.5 text-sm text-muted">
          Named in the bank’s document, without a call to list them: {profile.withoutCall.join(', ')}.
        </p>
      )}
    </>
  )
}
