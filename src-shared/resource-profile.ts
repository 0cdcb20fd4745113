/** What a TPP creates at a bank and follows from then on (consents, payments, baskets): which calls are about it and where an answer tells of it. */
import { z } from 'zod'

export const resourceKinds = [
  'consent',
  'payment',
  'recurring-payment',
  'basket',
  'account-application',
  'limit-upgrade-application',
] as const

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)

/** Authorisations of one resource: one per signer, or one for taking a payment back. */
const authorisationCallsSchema = z.strictObject({
  purpose: z.enum(['authorisation', 'cancellation']),
  start: identifier.optional(),
  list: identifier.optional(),
  status: identifier.optional(),
  update: identifier.optional(),
  /** Parameter the calls take the authorisation's id in. */
  parameter: z.string(),
  /** Member of an answer that holds the id; where it is left out, the id is read from the link to the status. */
  id: z.string().optional(),
  /** Member of the list's answer that holds the ids. */
  ids: z.string().optional(),
  /** Members of an answer that may hold the status; the first that is there counts. */
  fields: z.array(z.string()).min(1),
  /** Name in `statuses`. */
  vocabulary: identifier,
})

export const resourceProfileSchema = z.strictObject({
  kind: z.enum(resourceKinds),
  create: identifier,
  /**
   * Member of the creation's answer that holds the id. Left out where a token is for the one there is: then the grant
   * stands for it, and calls about it go with that grant.
   */
  id: z.string().optional(),
  /** Names under which other calls take the id; none where the token says it. */
  parameters: z.array(z.string()).default([]),
  read: identifier.optional(),
  status: identifier.optional(),
  /** Member of an answer that holds the status. */
  field: z.string(),
  /** Name in `statuses`. */
  vocabulary: identifier,
  /** `gives`: the status after 204, where the document names one. */
  delete: z.strictObject({ operation: identifier, gives: z.string().optional() }).optional(),
  /** Status at which it can be used. */
  active: z.string().optional(),
  /** Members of the creation's body that limit its use. */
  limits: z
    .strictObject({
      validUntil: z.string().optional(),
      frequencyPerDay: z.string().optional(),
      recurring: z.string().optional(),
    })
    .default({}),
  /** A recurring one that becomes active ends the former one of the same customer. */
  replacesFormer: z.boolean().default(false),
  authorisations: z.array(authorisationCallsSchema).default([]),
})

export type ResourceProfile = z.infer<typeof resourceProfileSchema>
export type AuthorisationCalls = ResourceProfile['authorisations'][number]
