/** Requests: a draft goes out through the one send path and comes back as an exchange. */
import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { remedySchema } from '../remedy.ts'
import { answers, keyStoreAnswers, method, targetAnswers, transportAnswers } from './answers.ts'

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

/** Where in a call a finding is. */
export const findingPlaceSchema = z.object({
  kind: z.enum(['parameter', 'header', 'body', 'identity', 'grant', 'consent', 'environment']),
  /** Name of the parameter or header, JSON pointer (RFC 6901) into the body, id of the thing otherwise; null for all of it. */
  name: z.string().nullable(),
})
export type FindingPlace = z.infer<typeof findingPlaceSchema>

export const findingSchema = z.object({
  id: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  message: z.string(),
  remedy: z.string().optional(),
  place: findingPlaceSchema.optional(),
  /** What does it with one click, best first. */
  remedies: z.array(remedySchema).optional(),
})
export type Finding = z.infer<typeof findingSchema>

/** What was looked at to prove a cause, and what came of it. */
export const proofSchema = z.object({
  /** Key of the vocabulary of evidence. */
  evidence: z.string(),
  holds: z.union([z.boolean(), z.literal('unknown')]),
  /** What was found, with its figures. */
  sentence: z.string(),
})
export type Proof = z.infer<typeof proofSchema>

export const judgedCauseSchema = z.object({
  text: z.string(),
  /** `open`: nothing here proves it or speaks against it. */
  verdict: z.enum(['proven', 'open', 'disproved']),
  proofs: z.array(proofSchema),
})
export type JudgedCause = z.infer<typeof judgedCauseSchema>

export const explanationSchema = z.object({
  errorId: z.string(),
  /** 0 to 1: how well row and answer fit. */
  score: z.number(),
  title: z.string(),
  cause: z.string(),
  /** What was compared, in sentences. */
  evidence: z.array(z.string()),
  fix: z.string(),
  /**
   * Why the row is named: the words of the answer are its own; what is known of the call proves it although the words differ; it is
   * only the nearest, the answer being none of the table; or no answer came, and `errorId` is `fault:` and the fault's code.
   */
  match: z.enum(['words', 'evidence', 'nearest', 'fault']).default('words'),
  /** Most likely first. */
  causes: z.array(judgedCauseSchema).default([]),
  remedies: z.array(remedySchema).default([]),
  /** What speaks against the bank's own words; null where nothing does. */
  contradicted: z.string().nullable().default(null),
})
export type Explanation = z.infer<typeof explanationSchema>

/** Header name and value pairs in the order sent or received. */
const headerListSchema = z.array(z.tuple([z.string(), z.string()]))

export const requestViewSchema = z.object({
  method: z.string(),
  url: z.string(),
  headers: headerListSchema,
  /** Text of the body; secrets redacted. */
  body: z.string().nullable(),
})

const certificateFactsSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  sha256: z.string(),
})

export const tlsFactsSchema = z.object({
  protocol: z.string(),
  cipher: z.string(),
  resumed: z.boolean(),
  /** The certificate that was sent; null when none was configured or the server did not ask. */
  clientCertificate: z.object({ sha256: z.string(), subject: z.string() }).nullable(),
  /** Whether the server asked for one; null when it cannot be known (resumed session of another process). */
  clientCertificateAsked: z.boolean().nullable(),
  serverChain: z.array(certificateFactsSchema),
})
export type TlsFacts = z.infer<typeof tlsFactsSchema>

/** Milliseconds with fractions. A reused connection has no dns, tcp and tls: they are 0. */
export const timingsSchema = z.object({
  dns: z.number(),
  tcp: z.number(),
  tls: z.number(),
  wait: z.number(),
  download: z.number(),
  total: z.number(),
})
export type Timings = z.infer<typeof timingsSchema>

export const responseViewSchema = z.object({
  status: z.int(),
  headers: headerListSchema,
  /** Body after content decoding, as text; secrets redacted. */
  body: z.string(),
  /** Bytes after content decoding. */
  size: z.int(),
  /** false: `body` is only the beginning of a large one. Left out: it is all of it. */
  bodyComplete: z.boolean().optional(),
  /** Where `body` is only the beginning: what `requests.body` reads; null when the rest could not be kept. */
  stored: z
    .object({
      /** Bytes of the whole, secrets redacted. */
      size: z.int(),
      /** Bytes of it that `body` holds: where to read on. */
      shown: z.int(),
    })
    .nullable()
    .optional(),
})

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

/** How the signature of a request came about. */
export const signatureTraceSchema = z.object({
  /** As the scheme names it, such as rsa-sha256 or PS256. */
  algorithm: z.string(),
  keyId: z.string().nullable(),
  /** Lower case, in the order they were signed. */
  signedHeaders: z.array(z.string()),
  /** What was signed; lines end in LF; secrets redacted. */
  signingString: z.string(),
  /** Bytes of the body that were hashed. */
  digestInput: z.int(),
  /** As sent; null when the request has none. */
  digest: z.string().nullable(),
  /** The one that fits the body. */
  digestOfBody: z.string(),
  /** Headers of the scheme the draft set itself. */
  byHand: z.array(z.string()),
  /** Whether the value was put into an encoded-word (RFC 2047). */
  wrapped: z.boolean(),
  /** JSON of the JOSE header. */
  protectedHeader: z.string().nullable(),
})

/**
 * What the bank can have seen of the request: nothing; bytes that its TLS layer refused before any HTTP; a request, or
 * part of one, whose fate is unknown; a request it answered.
 */
export const deliverySchema = z.enum(['not-sent', 'refused', 'unknown', 'answered'])
export type Delivery = z.infer<typeof deliverySchema>

/** A request as sent with its answer: what history keeps and every view shows. */
export const exchangeSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  bank: z.string(),
  environment: z.string(),
  operation: z.string(),
  identity: z.string().nullable(),
  request: requestViewSchema,
  /** null when no answer came; then `fault` says why. */
  response: responseViewSchema.nullable(),
  fault: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** null when nothing was signed, and in exchanges kept before signing was. */
  signature: signatureTraceSchema.nullable().default(null),
  tls: tlsFactsSchema.nullable(),
  timings: timingsSchema,
  findings: z.array(findingSchema),
  explanations: z.array(explanationSchema),
  /** Id of the grant whose token was used; null without one, and in exchanges kept before it was noted. */
  grant: z.string().nullable().default(null),
  /** null in exchanges without an answer that were kept before it was noted. */
  delivery: deliverySchema.nullable().default(null),
})
export type Exchange = z.infer<typeof exchangeSchema>

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
