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
/** JSON pointer (RFC 6901) into the body of the creation. */
const pointer = z.string().regex(/^\//)
/** Path parameters of the creation and the values that fit; none fits always. */
const when = z.record(z.string(), z.array(z.string()).min(1)).default({})

/** What a product's form has other than the schema of its body says; all that fit count. */
const shapeSchema = z.strictObject({
  when,
  /** Fields this product needs although the schema does not say so. */
  required: z.array(pointer).default([]),
  /** Fields that belong to other products: not shown as long as they are empty. */
  without: z.array(pointer).default([]),
  /** Name of the example of the body in openapi.yaml that shows it. */
  example: z.string().optional(),
  /** Sentences for people: dates, times after which the bank moves them, what a number is. */
  notes: z.array(z.string()).default([]),
})

/** What can be put into one of these, to be signed together. */
const membersSchema = z.strictObject({
  /** List of ids in the body of the creation. */
  at: pointer,
  kinds: z.array(z.enum(resourceKinds)).min(1),
  /** Statuses at which a member can be taken in; any that is not final where left out. */
  statuses: z.array(z.string()).min(1).optional(),
  /** Why others are not, for people. */
  reason: z.string().min(1),
})

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
  /** Where one operation creates several kinds: the values of its path parameters that make it this one. */
  when,
  shapes: z.array(shapeSchema).default([]),
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
  /** Of what is a collection of others. */
  members: membersSchema.optional(),
  /** The call that signs it, with a token of the scope that operation names. */
  sign: identifier.optional(),
})

export type ResourceProfile = z.infer<typeof resourceProfileSchema>
export type ResourceShape = ResourceProfile['shapes'][number]
export type AuthorisationCalls = ResourceProfile['authorisations'][number]
