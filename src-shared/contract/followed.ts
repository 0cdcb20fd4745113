/** What access goes on with after a call: half-finished authorisations, and the consents, payments and baskets a TPP created. */
import { z } from 'zod'
import { resourceKinds } from '../resource-profile.ts'
import { exchangeSchema } from './exchange.ts'
import { offeredSchema } from './offered.ts'

/** A file of the data folder that could not be read; the others of its kind can. */
export const damagedRecordSchema = z.object({
  id: z.string(),
  kind: z.enum(['grant', 'registration', 'flow', 'consent']),
  message: z.string(),
})
export type DamagedRecord = z.infer<typeof damagedRecordSchema>

/** How the customer's way back is awaited. */
export const callbackSchema = z.object({
  uri: z.string(),
  /** `paste`: nothing here can listen there; hand the address the browser ended on to `access.paste`. */
  how: z.enum(['listening', 'paste']),
  /** What the browser will show before it goes on; null where nothing. */
  warning: z.string().nullable(),
})

export const openEventSchema = z.object({
  type: z.literal('open'),
  /** The page the customer must open. */
  url: z.string(),
  host: z.string(),
  /** Whether a browser was started with it. */
  opened: z.boolean(),
  flow: z.string(),
  callback: callbackSchema,
})

/** One authorisation that has begun and not ended. */
export const flowSchema = z.object({
  id: z.string(),
  /** `code`: ends with a grant; `page`: ends with the customer's return; `challenge`: the call is repeated then. */
  kind: z.enum(['code', 'page', 'challenge']),
  bank: z.string(),
  environment: z.string(),
  identity: z.string(),
  identityName: z.string(),
  /** Shortened so that it names nobody. */
  customer: z.string().nullable(),
  scope: z.string().nullable(),
  /** Id of the remembered consent or payment it is for. */
  consent: z.string().nullable(),
  operation: z.string().nullable(),
  callbackUri: z.string(),
  startedAt: z.iso.datetime(),
  /** How far it came: the customer has the page, or a code came back and was on its way to the bank. */
  step: z.enum(['browser', 'exchanging']),
  /** `waiting`: a process waits for the customer; `abandoned`: nobody does. */
  state: z.enum(['waiting', 'abandoned']),
  /** Whether this very process waits: only then can a callback be pasted. */
  here: z.boolean(),
})
export type Flow = z.infer<typeof flowSchema>

export const rememberedAuthorisationSchema = z.object({
  id: z.string(),
  purpose: z.enum(['authorisation', 'cancellation']),
  status: z.string().nullable(),
  final: z.boolean(),
  /** The signer as the call named them, shortened. */
  customer: z.string().nullable(),
  seenAt: z.iso.datetime(),
  /** Every status answers told of it, in their order, each with the answer that told it first. */
  timeline: z.array(z.object({ status: z.string(), at: z.string(), exchange: z.string() })).default([]),
})

/** A consent, payment or basket this workbench created, as far as the bank's answers told of it. */
export const rememberedSchema = z.object({
  /** Ours; the bank's is `resource`. */
  id: z.string(),
  kind: z.enum(resourceKinds),
  bank: z.string(),
  environment: z.string(),
  identity: z.string().nullable(),
  resource: z.string(),
  status: z.string().nullable(),
  /** From the bank's list of statuses; null for a status it does not name. */
  meaning: z.string().nullable(),
  final: z.boolean(),
  createdAt: z.iso.datetime(),
  /** When an answer last told of it. */
  seenAt: z.iso.datetime(),
  validUntil: z.string().nullable(),
  frequencyPerDay: z.number().nullable(),
  recurring: z.boolean().nullable(),
  /** Id of the remembered consent that ended this one. */
  replacedBy: z.string().nullable(),
  authorisations: z.array(rememberedAuthorisationSchema),
  /** Names of the links of the last answer. */
  links: z.array(z.string()),
  /** What its last answer offers to do now, in its order. */
  operations: z.array(offeredSchema).default([]),
  /** Exchange that created it. */
  exchange: z.string(),
  /** Path parameters of the creation that calls about it take too, such as the product. */
  parameters: z.record(z.string(), z.string()).default({}),
  /** Every status answers told, in their order, each with the answer that told it first. */
  timeline: z.array(z.object({ status: z.string(), at: z.string(), exchange: z.string() })).default([]),
})
export type Remembered = z.infer<typeof rememberedSchema>

export const followEventSchema = z.discriminatedUnion('type', [
  /** An answer; `wait` is the number of milliseconds to the next question, null when this was the last. */
  z.object({
    type: z.literal('status'),
    status: z.string().nullable(),
    meaning: z.string().nullable(),
    final: z.boolean(),
    /** What the answer offers to do now. */
    operations: z.array(offeredSchema).default([]),
    wait: z.number().nullable(),
    exchange: exchangeSchema,
  }),
  /** Why it ended: the status is final, it can be used now, the time is over, or the bank refused to tell. */
  z.object({
    type: z.literal('end'),
    because: z.enum(['final', 'active', 'time', 'refused']),
    consent: rememberedSchema,
  }),
])
export type FollowEvent = z.infer<typeof followEventSchema>

export const challengeEventSchema = z.discriminatedUnion('type', [
  openEventSchema,
  z.object({ type: z.literal('returned') }),
  /** The last answer: the repeat's, or the first one's where the bank asked for nothing. */
  z.object({ type: z.literal('exchange'), exchange: exchangeSchema, repeated: z.boolean() }),
])
export type ChallengeEvent = z.infer<typeof challengeEventSchema>
