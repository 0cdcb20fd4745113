/** Requests: a draft goes out through the one send path and comes back as an exchange. */
import { z } from 'zod'
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

export const findingSchema = z.object({
  id: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  message: z.string(),
  remedy: z.string().optional(),
})
export type Finding = z.infer<typeof findingSchema>

export const explanationSchema = z.object({
  errorId: z.string(),
  /** 0 to 1: how well row and answer fit. */
  score: z.number(),
  title: z.string(),
  cause: z.string(),
  /** What was compared, in sentences. */
  evidence: z.array(z.string()),
  fix: z.string(),
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
})

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
})
export type Exchange = z.infer<typeof exchangeSchema>

/** What preparing a draft can answer, before anything leaves. */
export const preparationAnswers = {
  ...answers(
    'PARAMETER_UNKNOWN',
    'PARAMETER_MISSING',
    'PARAMETER_INVALID',
    'BODY_INVALID',
    'HEADER_INVALID',
    'KEY_WEAK',
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
