/** Fills in what an order leaves out, so that a test identity looks like a real TPP. */
import { randomInt } from 'node:crypto'
import type { z } from 'zod'
import type { orderInputSchema } from '#shared/contract/keys.ts'
import { authorityOf, authorityOfCountry } from './authorities.ts'
import type { RequestedSubject } from './signing-request.ts'

export type Order = z.output<typeof orderInputSchema>

/** Upper bounds of X.520 for O and CN, in characters. */
const longest = 64

const shortened = (text: string): string => Array.from(text).slice(0, longest).join('').trim()

export function subjectOf(order: Order): RequestedSubject {
  const organizationIdentifier = order.organizationIdentifier ?? testIdentifier(order.country)
  return {
    country: order.country,
    organization: order.organization ?? shortened(order.name),
    organizationIdentifier,
    commonName: shortened(order.name),
    kind: order.kind,
    roles: order.roles,
    authority: authorityOf(organizationIdentifier),
  }
}

/** The form of ETSI TS 119 495 section 5.2.1 with the ten digits of a Swedish company; the sandbox keeps its state by it. */
function testIdentifier(country: string): string {
  const authority = authorityOfCountry(country)?.id ?? 'SE-FINA'
  return `PSD${authority}-55${String(randomInt(1e8)).padStart(8, '0')}`
}
