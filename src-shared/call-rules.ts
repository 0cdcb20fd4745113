/** What a bank demands of a call beyond its schemas: rules as data of `bank.yaml`, each a key of core's table of rules. */
import { z } from 'zod'

const operations = z.array(z.string().regex(/^[a-z0-9][a-z0-9-]*$/)).min(1)
/** JSON Pointer (RFC 6901) into the body; `*` stands for every entry of a list. */
const pointer = z.string().regex(/^\//)

const common = {
  operations,
  /** Where it comes from, for people. */
  reason: z.string().min(1),
  /** `warning`: the bank's document leaves it open. */
  severity: z.enum(['error', 'warning']).default('error'),
  /** Path parameters that have to have these values for the rule to count. */
  when: z.record(z.string(), z.array(z.string()).min(1)).default({}),
}

export const callRuleSchema = z.discriminatedUnion('rule', [
  /** A query parameter with a date that may not lie further back. */
  z.strictObject({ rule: z.literal('period-too-long'), ...common, parameter: z.string(), months: z.int().min(1) }),
  /** Two dates, both query parameters or both in the body, in their order. */
  z.strictObject({
    rule: z.literal('period-reversed'),
    ...common,
    from: z.string(),
    to: z.string(),
    in: z.enum(['query', 'body']).default('query'),
  }),
  z.strictObject({ rule: z.literal('page-size-too-large'), ...common, parameter: z.string(), most: z.int().min(1) }),
  /** A day that may not be past in the bank's time zone. */
  z.strictObject({ rule: z.literal('date-in-past'), ...common, at: z.array(pointer).min(1), zone: z.string() }),
  /** Objects with `amount` and `currency`: no more decimals than ISO 4217 gives the currency. */
  z.strictObject({ rule: z.literal('amount-digits'), ...common, at: z.array(pointer).min(1) }),
  z.strictObject({
    rule: z.literal('currency-not-of-product'),
    ...common,
    at: z.array(pointer).min(1),
    currencies: z.array(z.string().length(3)).min(1),
  }),
  /** Check digits of ISO 13616; blanks are passed over. */
  z.strictObject({ rule: z.literal('iban-invalid'), ...common, at: z.array(pointer).min(1) }),
  z.strictObject({
    rule: z.literal('frequency-not-offered'),
    ...common,
    at: z.array(pointer).min(1),
    offered: z.array(z.string()).min(1),
  }),
  /** One of these members has to be there. */
  z.strictObject({ rule: z.literal('payment-reference-absent'), ...common, at: z.array(pointer).min(1) }),
  /** Members a product needs. */
  z.strictObject({ rule: z.literal('member-absent'), ...common, at: z.array(pointer).min(1) }),
  /** A text with other characters than these: the inside of a character class, such as `A-Za-z0-9 `. */
  z.strictObject({
    rule: z.literal('character-not-allowed'),
    ...common,
    at: z.array(pointer).min(1),
    allowed: z.string().refine(isClass, 'Not the inside of a character class.'),
  }),
])
export type CallRule = z.infer<typeof callRuleSchema>
export type CallRuleName = CallRule['rule']

function isClass(text: string): boolean {
  try {
    return new RegExp(`^[${text}]*$`, 'u') instanceof RegExp
  } catch {
    return false
  }
}

const role = z.enum(['PSP_AS', 'PSP_PI', 'PSP_AI', 'PSP_IC'])

/** The view of an operation's tag → PSD2 roles of which the certificate needs one; where left out, those of the scope count. */
export const rolesByViewSchema = z.record(z.string(), z.array(role).min(1))
