/** Keys: identities, each a certificate (QWAC or QSEAL) whose private key stays in the key store. */
import { z } from 'zod'
import { certificateIssuers, certificateProfiles } from '../sandbox-protocol.ts'
import { answers, keyStoreAnswers, method, targetAnswers } from './answers.ts'

export const roleSchema = z.enum(['PSP_AS', 'PSP_PI', 'PSP_AI', 'PSP_IC'])
export type Role = z.infer<typeof roleSchema>

export const keyKinds = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384'] as const

export const identityNameSchema = z
  .string()
  .trim()
  .min(1, 'The name is empty.')
  .max(80, 'The name is longer than 80 characters.')

const keyViewSchema = z.union([
  z.object({ type: z.literal('RSA'), bits: z.int() }),
  z.object({ type: z.literal('EC'), curve: z.string() }),
  z.object({ type: z.string() }),
])

const chainEntrySchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  sha256: z.string(),
})

export const warningSchema = z.object({ id: z.string(), message: z.string() })

/** An identity as the window and the terminal see it: nothing of the private key but its kind. */
export const identityViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['QWAC', 'QSEAL', 'none']),
  /** RFC 4514 strings. */
  subject: z.string(),
  issuer: z.string(),
  organizationIdentifier: z.string().nullable(),
  /** Hexadecimal, upper case. */
  serial: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  key: keyViewSchema,
  roles: z.array(roleSchema),
  /** National competent authority of the QCStatement (ETSI TS 119 495 section 5.1). */
  authority: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** SHA-256 of the certificate's DER, lower-case hexadecimal. */
  sha256: z.string(),
  warnings: z.array(warningSchema),
})

export const identityDetailSchema = identityViewSchema.extend({
  /** Issuing certificates kept with the leaf, issuer first. */
  chain: z.array(chainEntrySchema),
  /** Why the identity can or cannot be used now. */
  keyState: z.enum(['present', 'absent', 'unknown']),
})

export type IdentityView = z.infer<typeof identityViewSchema>
export type IdentityDetail = z.infer<typeof identityDetailSchema>

export const orderInputSchema = z.strictObject({
  name: identityNameSchema,
  /** ETSI EN 319 412-1 section 5.1.4, for example PSDSE-FINA-5560123456. */
  organizationIdentifier: z
    .string()
    .regex(/^(PSD|VAT|NTR|LEI)[A-Z]{2}-[A-Za-z0-9.-]{2,40}$/, 'Expected a form such as PSDSE-FINA-5560123456.')
    .optional(),
  organization: z.string().min(1).max(64).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Expected two upper-case letters.')
    .default('SE'),
  /** An empty list gives a certificate without a role, as a bank should refuse it. */
  roles: z.array(roleSchema).default(['PSP_AI', 'PSP_PI']),
  kind: z.enum(['QWAC', 'QSEAL']).default('QWAC'),
  key: z.enum(keyKinds).default('rsa-2048'),
  /** Sandbox only: what shall be wrong with the certificate. */
  profile: z.enum(certificateProfiles).default('valid'),
  /** Sandbox only: the issuing CA; `non-ascii` has an Å in its name. */
  issuer: z.enum(certificateIssuers).default('standard'),
  /** Days the certificate is valid for. */
  days: z.int('Expected a whole number of days.').min(1, 'At least 1 day.').max(825, 'At most 825 days.').default(90),
  /** Sandbox only: also put the public part into the banks' portals. */
  upload: z.boolean().default(true),
})
export type OrderInput = z.input<typeof orderInputSchema>

export const importInputSchema = z.strictObject({
  name: identityNameSchema,
  /** PEM text: the certificate, its chain and the key, in any order; the key may be in `key` instead. */
  certificates: z.string().min(1),
  key: z.string().optional(),
  /** Passphrase of an encrypted key. Used once, kept nowhere. */
  passphrase: z.string().optional(),
})

const identityRef = z.strictObject({ identity: z.string().min(1) })

export const keys = {
  order: method
    .errors({
      ...answers('IDENTITY_EXISTS', 'CERTIFICATE_UNREADABLE', 'KEY_MISMATCH'),
      ...keyStoreAnswers,
      ...targetAnswers,
    })
    .input(orderInputSchema)
    .output(identityViewSchema),
  import: method
    .errors({
      ...answers(
        'IDENTITY_EXISTS',
        'KEY_UNREADABLE',
        'KEY_PASSPHRASE',
        'KEY_WEAK',
        'KEY_MISMATCH',
        'CERTIFICATE_UNREADABLE',
      ),
      ...keyStoreAnswers,
    })
    .input(importInputSchema)
    .output(identityViewSchema),
  list: method.output(z.array(identityViewSchema)),
  inspect: method.errors(answers('IDENTITY_UNKNOWN')).input(identityRef).output(identityDetailSchema),
  delete: method
    .errors({ ...answers('IDENTITY_UNKNOWN'), ...keyStoreAnswers })
    .input(identityRef)
    .output(z.object({ id: z.string(), name: z.string(), deleted: z.boolean() })),
}
