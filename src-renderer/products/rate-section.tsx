/** The rates of one kind of a product: what they hold for as a chart, and all of it as a table. */
import type { ProductRates } from '#shared/product-profile.ts'
import { isObject, type Json, type JsonObject, partsOfPointer, valueAt } from '../forms/json-value.ts'
import { DetailSection } from '../ui/detail-section.tsx'
import { type EntryColumn, EntryTable, memberColumns } from './entry-table.tsx'
import { percentAt } from './percentage.ts'
import { type Product, ratesAt, tiersOf } from './read-products.ts'
import { TierChart } from './tier-chart.tsx'
import { wordsOfUnit } from './words.ts'

const firstPart = (place: string): string => partsOfPointer(place)[0] ?? ''

/** Rate and tier side by side: a rate stands once for every span it holds for. */
interface Row extends JsonObject {
  readonly rate: JsonObject
  readonly tier: JsonObject
}

function rowsOf(rates: readonly JsonObject[], tiers: ProductRates['tiers']): readonly Row[] {
  return rates.flatMap((rate): Row[] => {
    const found = tiers === undefined ? undefined : valueAt(rate, tiers.list)
    const spans = Array.isArray(found) ? (found as readonly Json[]).filter(isObject) : []
    return spans.length === 0 ? [{ rate, tier: {} }] : spans.map((tier) => ({ rate, tier }))
  })
}

const within = (part: 'rate' | 'tier', columns: readonly EntryColumn[]): readonly EntryColumn[] =>
  columns.map((column) => ({
    ...column,
    id: `${part} ${column.id}`,
    cell: (row) => column.cell((row as unknown as Row)[part]),
  }))

function percentColumn(head: string, place: ProductRates['rate'] | undefined): readonly EntryColumn[] {
  if (place === undefined) return []
  const cell = (row: JsonObject) => {
    const percent = percentAt((row as Row).rate, place)
    return percent === null ? null : (
      <span title={JSON.stringify(valueAt((row as Row).rate, place.at))}>{percent} %</span>
    )
  }
  return [{ id: place.at, head, end: true, cell }]
}

function spanColumn(tiers: ProductRates['tiers']): readonly EntryColumn[] {
  if (tiers === undefined) return []
  const cell = (row: JsonObject) => {
    const { tier } = row as Row
    const [from, to, unit] = [tiers.from, tiers.to, tiers.unit].map((place) => valueAt(tier, place))
    if (from === undefined && to === undefined) return null
    const text = (value: Json | undefined) => (typeof value === 'number' || typeof value === 'string' ? value : '…')
    return `${text(from)}–${text(to)} ${typeof unit === 'string' ? wordsOfUnit(unit) : ''}`
  }
  return [{ id: 'span', head: 'Holds for', cell }]
}

function columnsOf(rows: readonly Row[], { rate, effective, tiers }: ProductRates, language: string | undefined) {
  const told = [rate.at, effective?.at, tiers?.list].flatMap((place) => (place === undefined ? [] : [firstPart(place)]))
  const spans = tiers === undefined ? [] : [tiers.from, tiers.to, tiers.unit].map(firstPart)
  const options = language === undefined ? {} : { language }
  return [
    ...(rows.some(({ tier }) => Object.keys(tier).length > 0) ? spanColumn(tiers) : []),
    ...percentColumn('Rate', rate),
    ...percentColumn('Effective rate', effective),
    ...within(
      'rate',
      memberColumns(
        rows.map((row) => row.rate),
        { ...options, without: told },
      ),
    ),
    ...within(
      'tier',
      memberColumns(
        rows.map((row) => row.tier),
        { ...options, without: spans },
      ),
    ),
  ]
}

/** Nothing where the product has none of these. */
export function RateSection({
  product,
  rates,
  language,
}: {
  readonly product: Product
  readonly rates: ProductRates
  readonly language: string | undefined
}) {
  const rows = rowsOf(ratesAt(product, rates), rates.tiers)
  if (rows.length === 0) return null
  return (
    <DetailSection title={rates.name}>
      <TierChart tiers={tiersOf(product, rates)} />
      <EntryTable label={rates.name} columns={columnsOf(rows, rates, language)} entries={rows} />
    </DetailSection>
  )
}
