/** What of a tenant's state at the simulated ICA Banken a saved state holds: payments, mandates and baskets. */
import { z } from 'zod'
import { savedRecords } from '#sandbox/state/saved-part.ts'
import { type Basket, icaStateOf, type Payment } from './ica-state.ts'

const at = z.number().nullable()
const text = z.string().max(2000)

const contentSchema = z.looseObject({
  debtorAccount: z.looseObject({ iban: text.optional(), bban: text.optional() }),
  instructedAmount: z.object({ currency: text, amount: text }),
  creditorName: text,
  requestedExecutionDate: text.optional(),
  startDate: text.optional(),
  endDate: text.optional(),
  frequency: text.optional(),
})

const paymentSchema = z.strictObject({
  id: text,
  kind: z.enum(['single', 'periodic']),
  product: text,
  ssn: text,
  content: contentSchema,
  createdAt: z.number(),
  basket: text.nullable(),
  signedAt: at,
  cancelled: z.boolean(),
})

const basketSchema = z.strictObject({ id: text, ssn: text, payments: z.array(text).max(1000), signedAt: at })

const schema = z.strictObject({
  payments: z.record(text, paymentSchema),
  baskets: z.record(text, basketSchema),
})

export const savedIcaPart = savedRecords(
  schema,
  (tenant) => {
    const { payments, baskets } = icaStateOf(tenant)
    return { payments, baskets } as z.output<typeof schema>
  },
  (tenant, { payments, baskets }) => {
    const state = icaStateOf(tenant)
    state.payments = payments as Record<string, Payment>
    state.baskets = baskets satisfies Record<string, Basket>
  },
)
