/** How a bank's answers tell of accounts, balances, transactions and available funds: the calls, and where in their answers things stand. */
import { z } from 'zod'

const operation = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
/** JSON Pointer (RFC 6901), from the answer or from the entry it is said of. */
const pointer = z.string().regex(/^(\/[^/]*)+$/)
/** Of several the first that leads to something counts. */
const places = z.union([pointer, z.array(pointer).min(1)])

/** How the next page is asked for. */
const pagingSchema = z.discriminatedUnion('by', [
  /** The answer holds a token at `at`, which a parameter of the next call takes; no token: the last page. */
  z.strictObject({
    by: z.literal('token'),
    parameter: z.string(),
    at: pointer,
    size: z.strictObject({ parameter: z.string(), usual: z.int(), most: z.int().optional() }).optional(),
  }),
  /** The answer links to the next page at `at`; no link: the last page. */
  z.strictObject({ by: z.literal('link'), at: pointer }),
  /** Pages have numbers; one without entries is behind the last. */
  z.strictObject({
    by: z.literal('number'),
    parameter: z.string(),
    first: z.int().default(0),
    size: z.strictObject({ parameter: z.string(), usual: z.int(), most: z.int().optional() }).optional(),
  }),
])
export type Paging = z.infer<typeof pagingSchema>

const transactionsSchema = z.strictObject({
  /** Calls that list them; of several the first is the usual one. */
  ways: z.array(z.strictObject({ operation, paging: pagingSchema.optional() })).min(1),
  /** Lists of the answer. */
  lists: z.strictObject({ booked: pointer, pending: pointer.optional(), information: pointer.optional() }),
  members: z.strictObject({
    id: places.optional(),
    /** A decimal string or a number, major units. */
    amount: places,
    currency: places.optional(),
    bookingDate: places.optional(),
    valueDate: places.optional(),
    creditor: places.optional(),
    debtor: places.optional(),
    creditorAccount: places.optional(),
    debtorAccount: places.optional(),
    text: places.optional(),
  }),
  /** What says that money left the account: the sign of the amount, or that a creditor is named. */
  direction: z.enum(['sign', 'party']).default('sign'),
  span: z
    .strictObject({
      from: z.string(),
      to: z.string(),
      /** Days that come when neither date is given; left out where the first day has to be given. */
      days: z.int().positive().optional(),
      /** How far back the first day may lie. */
      months: z.int().positive().optional(),
    })
    .optional(),
  /** Parameter that chooses between booked, pending and the like, and what is usually wanted. */
  choice: z.strictObject({ parameter: z.string(), usual: z.string() }).optional(),
  /** Reads one of them. */
  details: z.strictObject({ operation, parameter: z.string(), at: pointer }).optional(),
})

export const accountProfileSchema = z.strictObject({
  list: z.strictObject({ operation, items: pointer }),
  /** Parameter in which calls about one account take its id. */
  parameter: z.string(),
  members: z.strictObject({
    id: places,
    iban: places.optional(),
    name: places.optional(),
    currency: places.optional(),
    owner: places.optional(),
    product: places.optional(),
    status: places.optional(),
  }),
  /** Links of an account that say what may be read of it; a named one that is missing means that the consent does not cover it. */
  links: z.strictObject({ balances: pointer.optional(), transactions: pointer.optional() }).optional(),
  details: z.strictObject({ operation, at: pointer }).optional(),
  balances: z
    .strictObject({
      operation,
      items: pointer,
      members: z.strictObject({
        type: places,
        amount: places,
        currency: places.optional(),
        date: places.optional(),
      }),
    })
    .optional(),
  transactions: transactionsSchema.optional(),
})

/** A question for an amount on an account, answered with yes or no. */
export const fundsProfileSchema = z.strictObject({
  operation,
  /** Where account, amount and currency go in the body. */
  account: pointer,
  amount: pointer,
  currency: pointer,
  /** The boolean of the answer. */
  available: pointer,
  /** Parameter that takes the id of a consent for it. */
  consent: z.string().optional(),
})

export type AccountProfile = z.infer<typeof accountProfileSchema>
export type TransactionsProfile = z.infer<typeof transactionsSchema>
export type FundsProfile = z.infer<typeof fundsProfileSchema>
export type Places = z.infer<typeof places>
export type TransactionMember = keyof TransactionsProfile['members']
