/** What of a tenant's state at the simulated PayEx ledger a saved state holds: pre-authorizations and their applications, under new tokens. */
import { z } from 'zod'
import type { SavedPart } from '#sandbox/state/saved-part.ts'
import { nobody } from '#sandbox/state/tenants.ts'
import { keepPreAuthorization, type PreAuthorization, payexStateOf } from './payex-state.ts'
import { canBeNamed, standingToken } from './token.ts'

const at = z.number().nullable()
const text = z.string().max(2000)

const signingSchema = z.strictObject({
  id: text,
  way: z.enum(['bankid-order', 'bankid-app', 'page']),
  startToken: text,
  begunAt: z.number(),
  openedAt: at,
  end: z.strictObject({ at: z.number(), as: z.enum(['Complete', 'UserCancel', 'Cancelled']) }).nullable(),
  shown: z.int(),
})

const applicationSchema = z.strictObject({
  kind: z.enum(['account-applications', 'limit-upgrade-applications']),
  answers: z
    .array(z.strictObject({ code: text, answerCode: text }))
    .max(200)
    .nullable(),
  kalp: z.strictObject({ id: text, filledAt: at }).nullable(),
  signing: signingSchema.nullable(),
  verifiedAt: at,
})

const preAuthorizationSchema = z.strictObject({
  id: text,
  customer: text,
  begunAt: z.number(),
  identification: z.strictObject({ result: z.null(), doneAt: at }).nullable(),
  application: applicationSchema.nullable(),
  cancelledAt: at,
})

const schema = z.strictObject({ preAuthorizations: z.array(preAuthorizationSchema).max(200) })

/** What came back from Curity and was not handed in yet is a secret of its own. */
const withoutSecret = (one: PreAuthorization): PreAuthorization => ({
  ...one,
  identification: one.identification && { result: null, doneAt: one.identification.doneAt },
})

export const savedPayexPart: SavedPart = {
  schema,
  collect: (tenant) => {
    const all = Object.values(payexStateOf(tenant).preAuthorizations).map(withoutSecret)
    return all.length > 0 ? { preAuthorizations: all } : null
  },
  adopt: (tenant, part) => {
    const state = payexStateOf(tenant)
    state.preAuthorizations = {}
    if (part === null) return []
    const owner = tenant.id === nobody || !canBeNamed(tenant.id) ? '' : `~${tenant.id}`
    return schema.parse(part).preAuthorizations.map((one, index) => {
      const token = `${standingToken(one.customer)}~loaded-${index + 1}${owner}`
      keepPreAuthorization(state, token, one)
      return `PayEx: the application of ${one.customer} is reached with the token ${token}.`
    })
  },
}
