/** What of a tenant's state at the simulated Bank of Georgia a saved state holds: consents, payments and their authorisations. */
import { z } from 'zod'
import { savedRecords } from '#sandbox/state/saved-part.ts'
import { type BogState, bogStateOf, paymentServices, resourceKinds } from './bog-state.ts'

const at = z.number().nullable()
const text = z.string().max(2000)

const authorisable = {
  id: text,
  createdAt: z.number(),
  eligible: z.array(text).max(100),
  everyone: z.boolean(),
  signedBy: z.array(text).max(100),
  signedAt: at,
  rejectedAt: at,
  redirectUri: text.nullable(),
}

const references = z.array(z.looseObject({ iban: text.optional() })).max(1000)
const accessSchema = z.strictObject({
  accounts: references.optional(),
  balances: references.optional(),
  transactions: references.optional(),
  additionalInformation: z.looseObject({}).optional(),
  availableAccounts: text.optional(),
  availableAccountsWithBalance: text.optional(),
  allPsd2: text.optional(),
})

const consentSchema = z.strictObject({
  ...authorisable,
  access: accessSchema,
  recurring: z.boolean(),
  validUntil: text,
  frequencyPerDay: z.int(),
  lastActionDay: text,
  replacedAt: at,
  deletedAt: at,
  revokedAt: at,
  unattended: z.strictObject({ day: text, reads: z.int() }),
  used: z.array(text).max(10_000),
})

const paymentSchema = z.strictObject({
  ...authorisable,
  service: z.enum(paymentServices),
  product: text,
  content: z.looseObject({
    debtorAccount: z.looseObject({ iban: text.optional() }),
    payments: z.array(z.looseObject({ instructedAmount: z.object({ currency: text, amount: text }) })).optional(),
  }),
  cancellation: z.strictObject(authorisable).nullable(),
  cancelledAt: at,
})

const authorisationSchema = z.strictObject({
  id: text,
  kind: z.enum(resourceKinds),
  resource: text,
  createdAt: z.number(),
  psu: text.nullable(),
  status: z.enum([
    'received',
    'psuIdentified',
    'psuAuthenticated',
    'scaMethodSelected',
    'started',
    'finalised',
    'failed',
  ]),
  redirectUri: text.nullable(),
})

const schema = z.strictObject({
  consents: z.record(text, consentSchema),
  payments: z.record(text, paymentSchema),
  authorisations: z.record(text, authorisationSchema),
})

export const savedBogPart = savedRecords(
  schema,
  (tenant) => {
    const { consents, payments, authorisations } = bogStateOf(tenant)
    return { consents, payments, authorisations } as unknown as z.output<typeof schema>
  },
  (tenant, records) => {
    Object.assign(bogStateOf(tenant), records as unknown as Pick<BogState, 'consents' | 'payments' | 'authorisations'>)
  },
)
