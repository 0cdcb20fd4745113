/** Requests: a draft goes out through the one send path and comes back as an exchange. */
import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { answers, keyStoreAnswers, method, targetAnswers, transportAnswers } from './answers.ts'
import { exchangeSchema, findingSchema, requestViewSchema, signatureTraceSchema } from './exchange.ts'

/** What a person wants to send; everything left out is filled in by the bank's data. */
export const draftSchema = z.strictObject({
  bank: z.string(),
  environment: z.string().default('sandbox'),
  operation: z.string(),
  /** Path, query and header parameters by name. */
  parameters: z.record(z.string(), z.string()).default({}),
  /** Headers beyond the operation's own. */
  headers: z.record(z.string(), z.string()).default({}),
  /**
   * Names of headers to leave out, in any case, also where the bank's defaults, the token or the signature make them.
   * They are taken away last: a signature goes on covering them.
   */
  omit: z.array(z.string().min(1)).optional(),
  /** Sent instead of the operation's own method. */
  method: z
    .string()
    .regex(/^[A-Z]{3,20}$/, 'A method is written in upper case, such as PUT.')
    .optional(),
  /** Sent instead of the operation's own path and query, below the base URL of its host. */
  path: z.string().startsWith('/', 'A path starts with a slash.').optional(),
  /** Body text exactly as it shall be sent. */
  body: z.string().optional(),
  /** Name or id of an identity; the only one there is where left out. */
  identity: z.string().optional(),
  /** Id of a grant; the one that fits bank, environment, identity and scope where left out. */
  grant: z.string().optional(),
  /** Send although the schema or preflight found errors. */
  insist: z.boolean().default(false),
  /** Milliseconds from the start of the call to the last byte of the answer. */
  deadline: z.int().min(1).max(600_000).default(30_000),
})
export type Draft = z.infer<typeof draftSchema>
export type DraftInput = z.input<typeof draftSchema>

/** A part of a body. */
export const bodyRangeSchema = z.object({
  from: z.int(),
  /** The byte behind the part; where the next one begins. */
  to: z.int(),
  /** Bytes of the whole body, secrets redacted. */
  size: z.int(),
  content: z.string(),
})
export type BodyRange = z.infer<typeof bodyRangeSchema>

/** One call of a run. It is durable in history when this is told. */
export const repeatedCallSchema = z.object({
  /** Id of its exchange. */
  exchange: z.string(),
  /** null when no answer came. */
  status: z.int().nullable(),
  /** Milliseconds from the start of the call to the last byte of the answer. */
  total: z.number(),
  /** Whether a TLS handshake was made for it. */
  handshake: z.boolean(),
  /** False when history could not be written. */
  recorded: z.boolean(),
})
export type RepeatedCall = z.infer<typeof repeatedCallSchema>

export const repeatEventSchema = z.discriminatedUnion('kind', [
  /** In the order they were made; several at once where they were made durable together. */
  z.object({ kind: z.literal('calls'), calls: z.array(repeatedCallSchema) }),
  /** The last event of a run that no fault ended. `stopped`: it was aborted before all were made. `last`: the newest exchange. */
  z.object({ kind: z.literal('ended'), times: z.int(), stopped: z.boolean(), last: exchangeSchema.nullable() }),
])
export type RepeatEvent = z.infer<typeof repeatEventSchema>

/** A fault as data, where it is one of several things an answer tells. */
const toldFault = z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) })

export const bodyProblemSchema = z.object({
  /** RFC 6901, empty for the whole body. */
  pointer: z.string(),
  message: z.string(),
})

export const checkedDraftSchema = z.object({
  /** What would go out; null where nothing could. */
  request: requestViewSchema.nullable(),
  /** How it would be signed; null where it is not, or nothing could go out. */
  signature: signatureTraceSchema.nullable().default(null),
  findings: z.array(findingSchema),
  /** Why it is not sent as it stands. */
  fault: toldFault.nullable(),
  /** What would stop it although a person insists. */
  obstacle: toldFault.nullable(),
  /** What breaks the schema of the body, also where something else is refused before it. */
  body: z.array(bodyProblemSchema),
})
export type CheckedDraft = z.infer<typeof checkedDraftSchema>

/** What preparing a draft can answer, before anything leaves. */
export const preparationAnswers = {
  ...answers(
    'PARAMETER_UNKNOWN',
    'PARAMETER_MISSING',
    'PARAMETER_INVALID',
    'BODY_INVALID',
    'HEADER_INVALID',
    'KEY_WEAK',
    'KEY_UNSUITABLE',
    'OPERATION_NOT_OFFERED',
    'GRANT_MISSING',
    'GRANT_UNKNOWN',
  ),
  ...targetAnswers,
  ...keyStoreAnswers,
}

export const requests = {
  /**
   * Sends the draft and lets it finish although the caller goes away (a reload, a closed tab); only `cancel` stops it.
   * `call` is the caller's own name for it.
   */
  dispatch: method
    .errors({ ...preparationAnswers, ...transportAnswers })
    .input(z.strictObject({ call: z.string().min(1).max(64), draft: draftSchema }))
    .output(exchangeSchema),
  cancel: method.input(z.strictObject({ call: z.string() })).output(z.object({ cancelled: z.boolean() })),
  /** Calls under way, oldest first. */
  running: method.output(
    z.array(z.object({ call: z.string(), bank: z.string(), operation: z.string(), startedAt: z.iso.datetime() })),
  ),
  /** Sends the draft once. An answer of the bank, whatever its status, is a result and no fault. */
  send: method
    .errors({ ...preparationAnswers, ...transportAnswers })
    .input(draftSchema)
    .output(exchangeSchema),
  /**
   * Sends the draft so many times, one after the other, each prepared, signed and recorded as one sent alone. A token that
   * ends meanwhile is renewed once. Aborting lets the running call end. A fault ends the run as it ends a single call; what
   * was answered before it is in history, and told.
   */
  repeat: method
    .errors({
      ...preparationAnswers,
      ...transportAnswers,
      ...answers('ACCESS_TOKEN_REFUSED', 'ACCESS_TOKEN_LOST', 'ACCESS_NOT_REFRESHABLE'),
    })
    .input(z.strictObject({ draft: draftSchema, times: z.int().min(1).max(100_000) }))
    .output(eventIterator(repeatEventSchema)),
  /**
   * A part of an answer's body by its exchange, secrets redacted. As text it ends at the border of a character: `from` is 0
   * or the `to` of an earlier part. As base64 it is the bytes as the bank sent them, after decompression.
   */
  body: method
    .errors({ ...answers('EXCHANGE_UNKNOWN'), ...keyStoreAnswers })
    .input(
      z.strictObject({
        exchange: z.string(),
        from: z.int().min(0).default(0),
        /** Bytes at most. */
        length: z
          .int()
          .min(4)
          .max(1024 * 1024)
          .default(256 * 1024),
        as: z.enum(['text', 'base64']).default('text'),
      }),
    )
    .output(bodyRangeSchema),
  /** `preflight` for a draft that is being written: never a fault, and everything that breaks the schema at once. */
  check: method.input(draftSchema).output(checkedDraftSchema),
  /** Everything up to sending: what would go out, and what would be wrong with it. */
  preflight: method
    .errors(preparationAnswers)
    .input(draftSchema)
    .output(
      z.object({
        operation: z.string(),
        request: requestViewSchema,
        signature: signatureTraceSchema.nullable(),
        findings: z.array(findingSchema),
      }),
    ),
}
