/** What the customer is offered, with the documents they agree to. */
import type { Json } from '../forms/json-value.ts'
import { Facts } from '../ui/facts.tsx'
import { Section } from '../ui/section.tsx'
import { AddressLink } from './address-link.tsx'
import { textAt } from './answer-members.ts'
import type { Desk } from './steps.ts'

const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text)

export function OfferSection({
  desk,
  operation,
  application,
}: {
  readonly desk: Desk
  /** Whose answer the application is. */
  readonly operation: string
  readonly application: Json | null
}) {
  const { offer } = desk.profile
  if (offer === undefined) return null
  const facts = offer.facts.flatMap(({ at, name }) => {
    const value = textAt(application, `${offer.at}${at}`)
    return value === null ? [] : [[name, value] as const]
  })
  const documents = offer.documents.flatMap(({ at, name }) => {
    const value = textAt(application, `${offer.at}${at}`)
    return value === null ? [] : [{ name, value }]
  })
  if (facts.length === 0 && documents.length === 0) return null
  return (
    <Section title="Offer and terms">
      <Facts facts={facts} />
      {documents.map(({ name, value }) =>
        isAddress(value) ? (
          <div key={name}>
            <AddressLink desk={desk} operation={operation} address={value} name={name} />
          </div>
        ) : (
          <details key={name}>
            <summary>{name}</summary>
            <p className="max-w-prose py-2 whitespace-pre-wrap">{value}</p>
          </details>
        ),
      )}
    </Section>
  )
}
