/** What the sandbox program and those who steer it say to each other: its ready line, its running file and its control API. */
import { z } from 'zod'

export const sandboxBankSchema = z.object({
  id: z.string(),
  /** Base URL per host name of the bank's `bank.yaml`. */
  urls: z.record(z.string(), z.string()),
})

/** The one line on stdout once every port listens. */
export const sandboxReadySchema = z.object({
  ready: z.literal(true),
  /** Base URL of the control API, plain http on 127.0.0.1. */
  control: z.string(),
  /** Path of the PEM file with the CA that signed the server certificates. */
  ca: z.string(),
  banks: z.array(sandboxBankSchema),
  /** Only where other machines can reach it. */
  shared: z
    .object({
      /** Base URL of the control API for other machines: TLS, with a tenant's token. */
      control: z.string(),
      address: z.string(),
      hosts: z.array(z.string()),
    })
    .optional(),
})
export type SandboxReady = z.infer<typeof sandboxReadySchema>

/** `<home>/running.json`, mode 0600, there while the program runs. */
export const sandboxRunningSchema = sandboxReadySchema.extend({
  /** 0 and below would mean process groups. */
  pid: z.int().min(1),
  /** Bearer token of the control API. */
  token: z.string(),
})
export type SandboxRunning = z.infer<typeof sandboxRunningSchema>

export const certificateProfiles = [
  'valid',
  'expired',
  'not-yet-valid',
  'other-ca',
  'leaf-only',
  'revoked',
  'blocked',
  'wrong-role',
  'wrong-organisation',
  'sha-1',
] as const

/** `non-ascii`: the issuing CA has an Å in its name, as some Nordic ones have (RFC 2047 in headers that name it). */
export const certificateIssuers = ['standard', 'non-ascii'] as const

/** POST /qtsp/certificates: order a test certificate. */
export const certificateOrderSchema = z.strictObject({
  /** PKCS#10 request, PEM. Subject, organizationIdentifier and QCStatements come from it. */
  csr: z.string(),
  kind: z.enum(['QWAC', 'QSEAL']),
  profile: z.enum(certificateProfiles).default('valid'),
  issuer: z.enum(certificateIssuers).default('standard'),
  /** Days the certificate is valid for. */
  days: z.int().min(1).max(825).default(90),
  /** Whether the public part is also put into the banks' portals, as a person would do by hand. */
  upload: z.boolean().default(true),
})
export type CertificateOrder = z.input<typeof certificateOrderSchema>

export const certificateIssuedSchema = z.object({
  /** Leaf, PEM. */
  certificate: z.string(),
  /** Issuing CA and root, PEM, leaf's issuer first; empty for `leaf-only`. */
  chain: z.array(z.string()),
})
export type CertificateIssued = z.infer<typeof certificateIssuedSchema>

/** GET /banks/:bank/customers */
export const sandboxCustomerSchema = z.object({
  name: z.string(),
  /** What the bank asks to recognise the customer, by parameter name (`ssn` at ICA). */
  parameters: z.record(z.string(), z.string()),
  about: z.string(),
})
export type SandboxCustomer = z.infer<typeof sandboxCustomerSchema>

export const psuDecisions = ['approve', 'deny', 'abandon'] as const

/** POST /banks/:bank/psu: open an authorisation URL as the customer's browser would, click, and follow the redirect to the callback. */
export const psuActionSchema = z.strictObject({
  url: z.string(),
  /** Name of the customer. */
  psu: z.string(),
  decision: z.enum(psuDecisions).default('approve'),
  /** Way to sign; the bank's first where left out. */
  method: z.string().optional(),
})
export type PsuAction = z.input<typeof psuActionSchema>

export const psuOutcomeSchema = z.object({
  /** Where the bank sent the browser, query removed; null when the customer walked away. */
  redirectedTo: z.string().nullable(),
  /** Status the callback page answered with; null when it was not opened. */
  callbackStatus: z.int().nullable(),
  /** The whole URL, for the holder of a tenant's token to open where it leads: to a machine of theirs. */
  callback: z.string().optional(),
})
export type PsuOutcome = z.infer<typeof psuOutcomeSchema>

/** PUT /tenants/:organizationIdentifier/clock — how far this tenant's clock runs ahead of the machine's, in seconds. */
export const sandboxClockSchema = z.strictObject({ offsetSeconds: z.int() })

/** PUT /tenants/:organizationIdentifier/switches — faults inside the bank, by bank. */
export const sandboxSwitchesSchema = z.record(z.string(), z.array(z.string()))

/** A value that a fault takes. */
export const sandboxFaultParameterSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('number'),
    about: z.string(),
    unit: z.string(),
    minimum: z.number(),
    maximum: z.number(),
    default: z.number(),
  }),
  z.object({ kind: z.literal('choice'), about: z.string(), choices: z.array(z.string()), default: z.string() }),
])
export type SandboxFaultParameter = z.infer<typeof sandboxFaultParameterSchema>

/** GET /faults: what can be made to go wrong between a bank and its client. */
export const sandboxFaultKindSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What the client meets. */
  about: z.string(),
  /** Any call; calls to a token endpoint; answers that send a browser back; connections before anything is said on them. */
  applies: z.enum(['call', 'token-call', 'redirect', 'connection']),
  /** `everyone`: a connection has no tenant yet when its handshake begins, so whoever connects to the host meets it. */
  scope: z.enum(['tenant', 'everyone']),
  parameters: z.record(z.string(), sandboxFaultParameterSchema),
})
export type SandboxFaultKind = z.infer<typeof sandboxFaultKindSchema>

/** One fault that a tenant has asked for. */
export const sandboxFaultSchema = z.strictObject({
  bank: z.string(),
  /** Id of the operation whose calls meet it; `*` for every call, pages included. */
  operation: z.string().default('*'),
  /** Host of the bank's `bank.yaml`; every host where left out. */
  host: z.string().optional(),
  /** Id of the kind. */
  fault: z.string(),
  /** What is left out gets the kind's default. */
  parameters: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
  /** Calls (of the kind `connection`: connections) it is still good for; left out, until it is taken away. */
  times: z.int().min(1).max(1_000_000).optional(),
})
export type SandboxFault = z.infer<typeof sandboxFaultSchema>

/** PUT /tenants/:organizationIdentifier/faults: all of them, in the order in which they apply. */
export const sandboxFaultsSchema = z.array(sandboxFaultSchema).max(200)

/** POST /banks/:bank/portal/certificates: what a person does at the bank's portal. */
export const portalUploadSchema = z.strictObject({ certificate: z.string() })

/** What a bank made of the signature of a request. */
export const sandboxSignatureSchema = z.object({
  /** A word per outcome; `good` where the signature was accepted. */
  verdict: z.string(),
  reason: z.string(),
  keyId: z.string().nullable(),
  algorithm: z.string().nullable(),
  /** The text the bank verified the signature over, built from the request as it arrived; null where it did not come that far. */
  signingString: z.string().nullable(),
  /** SHA-256 of the signing certificate's DER, lower-case hex. */
  certificate: z.string().nullable(),
})
export type SandboxSignature = z.infer<typeof sandboxSignatureSchema>

/** GET /tenants/:organizationIdentifier/log: what a bank received and why it answered as it did, newest first. */
export const sandboxLogEntrySchema = z.object({
  at: z.string(),
  bank: z.string(),
  operation: z.string().nullable(),
  method: z.string(),
  path: z.string(),
  /** 0 where no answer was begun. */
  status: z.int(),
  clientCertificate: z.string().nullable(),
  reason: z.string(),
  requestId: z.string().nullable(),
  /** Left out where the bank looked at no signature. */
  signature: sandboxSignatureSchema.optional(),
  /** Kinds of the faults that were applied, in that order; left out where there were none. */
  faults: z.array(z.string()).optional(),
  /** Fields of the request as the bank read them, names in lower case, secrets taken out; only the newest calls have them. */
  headers: z.array(z.tuple([z.string(), z.string()])).optional(),
})
export type SandboxLogEntry = z.infer<typeof sandboxLogEntrySchema>

/** Every refusal of the control API. */
export interface SandboxRefusal {
  error: string
  message: string
}
