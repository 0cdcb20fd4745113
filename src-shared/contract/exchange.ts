/** An exchange: a request as sent with its answer, what was found out about it, and what explains it. */
import { z } from 'zod'
import { remedySchema } from '../remedy.ts'

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
  /**
   * `open`: nothing here proves it or speaks against it. `one-of`: what was found proves that one of the causes with this verdict is
   * there, and cannot tell them apart.
   */
  verdict: z.enum(['proven', 'one-of', 'open', 'disproved']),
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
   * only the nearest, the answer being none of the table; no answer came, and `errorId` is `fault:` and the fault's code; or the words are
   * those of a standard the bank builds on, and `errorId` names it: `oauth:invalid_grant`.
   */
  match: z.enum(['words', 'evidence', 'nearest', 'fault', 'standard']).default('words'),
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
