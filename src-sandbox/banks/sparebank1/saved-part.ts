/** What of a tenant's state at the simulated SpareBank 1 a saved state holds: its payments; links to the bank's page are for one use. */
import { z } from 'zod'
import { savedRecords } from '#sandbox/state/saved-part.ts'
import { type Payment, sb1StateOf } from './sb1-state.ts'

const text = z.string().max(2000)
const account = z.looseObject({ iban: text, currency: text.optional() })

const paymentSchema = z.strictObject({
  id: text,
  content: z.looseObject({
    instructedAmount: z.object({ amount: text, currency: text }),
    creditorName: text,
    creditorAccount: account,
    debtorAccount: account,
    requestedExecutionDate: text.optional(),
  }),
  debit: z.number(),
  takenAt: z.number(),
  decision: z.strictObject({ psuId: text, approves: z.boolean(), at: z.number() }).nullable(),
})

const schema = z.strictObject({ payments: z.record(text, paymentSchema) })

export const savedSb1Part = savedRecords(
  schema,
  (tenant) => ({ payments: sb1StateOf(tenant).payments }) as z.output<typeof schema>,
  (tenant, { payments }) => {
    sb1StateOf(tenant).payments = payments as Record<string, Payment>
  },
)
