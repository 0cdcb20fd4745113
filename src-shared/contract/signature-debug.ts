/** The signature of one request, taken apart and held against what its bank wants. */
import { z } from 'zod'
import { answers, keyStoreAnswers, method, targetAnswers } from './answers.ts'
import { mostReportCharacters } from './reports.ts'

/** By name, what is not as the bank wants it. */
export const signatureDifferenceIds = [
  'signature-missing',
  'utf-8-not-wrapped',
  'wrapped-wrongly',
  'nested-quotes',
  'scheme-word',
  'signature-malformed',
  'parameter-missing',
  'algorithm-word',
  'algorithm-key',
  'certificate-missing',
  'line-feeds-in-certificate',
  'der-for-pem',
  'pem-for-der',
  'certificate-not-encoded',
  'certificate-unreadable',
  'thumbprint-differs',
  'key-id-form',
  'decimal-serial',
  'serial-form',
  'serial-differs',
  'subject-for-issuer',
  'issuer-form',
  'issuer-differs',
  'protected-header',
  'payload-attached',
  'header-missing',
  'header-twice',
  'header-extra',
  'order',
  'letter-case',
  'white-space',
  'date-form',
  'digest-algorithm',
  'digest-form',
  'digest-of-empty-string',
  'digest-differs',
  'signature-form',
  'other-key',
  'hashed-twice',
  'not-verifying',
] as const
export type SignatureDifferenceId = (typeof signatureDifferenceIds)[number]

export const signatureDifferenceSchema = z.object({
  id: z.enum(signatureDifferenceIds),
  /** Which part: a header, a parameter of one, or the signing string. */
  where: z.string(),
  message: z.string(),
  /** As the bank wants it, and as it is; null where one of them cannot be shown. */
  wanted: z.string().nullable(),
  found: z.string().nullable(),
})
export type SignatureDifference = z.infer<typeof signatureDifferenceSchema>

const attributeSchema = z.object({ type: z.string(), value: z.string() })

const digestStepSchema = z.object({
  /** As the bank names it, such as SHA-256. */
  algorithm: z.string(),
  /** Bytes that were hashed; null where the body is not kept. */
  bytes: z.int().nullable(),
  hex: z.string().nullable(),
  base64: z.string().nullable(),
  /** Value of the header that fits these bytes. */
  fitting: z.string().nullable(),
  /** Value of the header as sent; null without one. */
  sent: z.string().nullable(),
})

const headerLineSchema = z.object({
  /** Lower case. */
  name: z.string(),
  /** Place in the list of the signature, from 1; null where it is not listed. */
  listed: z.int().nullable(),
  /** Whether the bank wants it signed in this request. */
  wanted: z.boolean(),
  /** null: not sent. Secrets taken out. */
  sent: z.string().nullable(),
  /** Made from method, target or host, not from a header. */
  derived: z.boolean(),
})

const keyIdPartsSchema = z.object({
  text: z.string(),
  /** As the bank wants it for the certificate; null without one. */
  wanted: z.string().nullable(),
  serial: z.object({
    text: z.string(),
    certificateHex: z.string().nullable(),
    certificateDecimal: z.string().nullable(),
  }),
  /** What stands before the issuer's name: CA or DN. */
  label: z.string(),
  attributes: z.array(attributeSchema),
})

const certificateSchema = z.object({
  /** Where it comes from. */
  from: z.enum(['header', 'x5c', 'identity']),
  subject: z.array(attributeSchema),
  issuer: z.array(attributeSchema),
  serialHex: z.string(),
  serialDecimal: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  sha256: z.string(),
  /** Such as `RSA 2048` or `EC prime256v1`. */
  key: z.string(),
})

export const signatureReportSchema = z.object({
  scheme: z.enum(['none', 'http-signature', 'detached-jws']),
  /** What the bank's profile asks for, in the order it is checked. */
  profile: z.array(z.object({ name: z.string(), value: z.string() })),
  first: signatureDifferenceSchema.nullable(),
  /** In the order a bank would meet them. */
  differences: z.array(signatureDifferenceSchema),
  /** Built from the request as it was sent; null where that cannot be done. Secrets taken out. */
  signingString: z.string().nullable(),
  digest: digestStepSchema.nullable(),
  headers: z.array(headerLineSchema),
  algorithm: z.string().nullable(),
  keyId: keyIdPartsSchema.nullable(),
  /** JSON of the JOSE header. */
  protectedHeader: z.string().nullable(),
  certificate: certificateSchema.nullable(),
  verification: z.object({
    verdict: z.enum(['verifies', 'does-not-verify', 'not-possible', 'not-signed']),
    reason: z.string(),
  }),
})
export type SignatureReport = z.infer<typeof signatureReportSchema>

export const explainedSignatureSchema = signatureReportSchema.extend({
  bank: z.string(),
  environment: z.string(),
  /** null where a pasted request fits no operation. */
  operation: z.string().nullable(),
  /** Secrets taken out. */
  request: z.object({ method: z.string(), url: z.string() }),
  remarks: z.array(z.object({ id: z.string(), message: z.string() })),
})
export type ExplainedSignature = z.infer<typeof explainedSignatureSchema>

export const signatureDebugger = {
  /** Takes the signature of an own exchange or of a pasted request apart. Nothing is sent, run or kept. */
  explainSignature: method
    .errors({
      ...answers('REPORT_REFUSED', 'EXCHANGE_UNKNOWN', 'BUSY', 'CANCELLED'),
      ...targetAnswers,
      ...keyStoreAnswers,
    })
    .input(
      z.union([
        z.strictObject({ exchange: z.string() }),
        z.strictObject({
          /** A report in any form `openReport` reads. */
          text: z.string().max(mostReportCharacters),
          entry: z.int().min(0).optional(),
          /** Whose profile; found from the request where left out. */
          bank: z.string().optional(),
          environment: z.string().optional(),
          operation: z.string().optional(),
        }),
      ]),
    )
    .output(explainedSignatureSchema),
}
