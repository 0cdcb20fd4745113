/** One product: what it is, its rates, everything else the answer says of it, and the answer itself. */
import type { ProductProfile } from '#shared/product-profile.ts'
import { isObject, type Json } from '../forms/json-value.ts'
import { Badge } from '../ui/badge.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { EntryTable, memberColumns } from './entry-table.tsx'
import { RateSection } from './rate-section.tsx'
import { otherParts, type Part, type Product } from './read-products.ts'
import { valueText } from './value-text.tsx'
import { wordsOfCode, wordsOfName } from './words.ts'

const isList = (value: Json): boolean => Array.isArray(value) && value.some(isObject)

function PartTable({ part, profile, language }: { part: Part; profile: ProductProfile; language: string | undefined }) {
  const entries = (part.value as readonly Json[]).filter(isObject)
  const columns = memberColumns(entries, {
    percent: profile.percent,
    ...(language === undefined ? {} : { language }),
  })
  const title = wordsOfName(part.name)
  return (
    <DetailSection title={title}>
      <EntryTable label={title} columns={columns} entries={entries} />
    </DetailSection>
  )
}

export function ProductDetail({
  product,
  profile,
  language,
}: {
  readonly product: Product
  readonly profile: ProductProfile
  readonly language: string | undefined
}) {
  const parts = otherParts(product, profile)
  const facts = parts.filter(({ value }) => !isList(value))
  const raw = JSON.stringify(product.whole, null, 2)
  const { id, name, category, description } = product
  return (
    <div className="flex flex-col gap-4 p-3">
      <header className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 lang={language}>{name || id}</h2>
          {category !== '' && (
            <Badge title={category}>{profile.categories[category] ?? wordsOfCode(category) ?? category}</Badge>
          )}
        </div>
        {description !== '' && description !== name && <p lang={language}>{description}</p>}
        <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
          <span className="font-mono wrap-anywhere">{id}</span>
          <CopyButton text={() => id} label="Copy the id" />
        </p>
      </header>
      {profile.rates.map((rates) => (
        <RateSection key={rates.at} product={product} rates={rates} language={language} />
      ))}
      {parts
        .filter(({ value }) => isList(value))
        .map((part) => (
          <PartTable key={part.name} part={part} profile={profile} language={language} />
        ))}
      {facts.length > 0 && (
        <DetailSection title="Besides">
          <Facts facts={facts.map(({ name: member, value }) => [wordsOfName(member), valueText(value, language)])} />
        </DetailSection>
      )}
      <DetailSection title="Part of the answer" action={<CopyButton text={() => raw} label="Copy this part" />}>
        <ScrollArea label="Product as JSON">
          <pre className="font-mono text-sm whitespace-pre-wrap wrap-anywhere">{raw}</pre>
        </ScrollArea>
      </DetailSection>
    </div>
  )
}
