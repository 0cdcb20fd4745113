/** The schema of a bank folder's `bank.yaml`: the facts about a bank that OpenAPI has no place for. */
import { z } from 'zod'

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const operationId = identifier

/** A URL base, or the empty string where the bank's document names none and the user fills it in. */
const base = z.union([z.literal(''), z.url({ protocol: /^https?$/ })])

/** Where the bank's hosts live in one environment. `local-sandbox` gets its URLs from the running sandbox. */
export const environmentSchema = z.strictObject({
  id: identifier,
  name: z.string(),
  kind: z.enum(['local-sandbox', 'bank-sandbox', 'production']),
  /** Base URL per host name of `hosts`; operation paths are appended to it. */
  urls: z.record(identifier, base),
  note: z.string().optional(),
})

/** One host of the bank and what it asks of a connection. */
const hostSchema = z.strictObject({
  description: z.string(),
  /** Whether the bank asks for a client certificate here, and of which kind. */
  clientCertificate: z.enum(['QWAC', 'none']),
  /** True where a person's browser goes instead of the workbench. */
  browser: z.boolean().default(false),
})

/** A name that core resolves, on load, in its table of value recipes. */
export const valueRecipeNames = [
  'uuid',
  'organisation-identifier',
  'callback-uris',
  'customer',
  'bearer-token',
] as const
const recipe = z.enum(valueRecipeNames)

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp
  } catch {
    return false
  }
}

const scopeSchema = z.strictObject({
  /** Literal scope, or one with a `{parameter}` of the operation it is for. */
  scope: z.string(),
  roles: z.array(z.enum(['PSP_AS', 'PSP_PI', 'PSP_AI', 'PSP_IC'])),
  purpose: z.string(),
})

const accessSchema = z.strictObject({
  /** Key of core's table of access flows. */
  flow: z.enum(['oauth-code', 'bearer']),
  authorize: operationId,
  token: operationId,
  refresh: operationId.optional(),
  clientId: recipe,
  /** Key of core's table of client authentications (RFC 8705 section 2 for `tls-client-auth`). */
  clientAuthentication: z.enum(['tls-client-auth']),
  pkce: z.enum(['S256', 'none']),
  /** Extra authorisation parameters the customer's identity goes into. */
  customerParameters: z
    .array(
      z.strictObject({
        name: z.string(),
        label: z.string(),
        pattern: z.string().refine(isRegularExpression, 'Not a regular expression.'),
        secret: z.boolean(),
      }),
    )
    .default([]),
  scopes: z.array(scopeSchema),
  /** Seconds. */
  lifetimes: z.strictObject({ code: z.int(), accessToken: z.int(), refreshToken: z.int() }),
  /** `rotates`: each use spends the token and brings the next one. */
  refreshToken: z.enum(['rotates', 'reusable', 'none']),
})

const registrationSchema = z.strictObject({
  operation: operationId,
  /** Body field → the recipe of its value. */
  body: z.record(z.string(), recipe),
  /** The error row that means "nothing left to do". */
  alreadyRegistered: z.string().optional(),
  /** What a person does at the bank's portal before the call. */
  portalSteps: z.array(z.string()).default([]),
})

const statusSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  meaning: z.string(),
  final: z.boolean(),
})

/** Something the bank's document does not say and the workbench had to decide. */
const assumptionSchema = z.strictObject({
  id: identifier,
  text: z.string(),
  reason: z.string(),
  operations: z.union([z.literal('all'), z.array(operationId)]),
})

export const bankProfileSchema = z.strictObject({
  id: identifier,
  name: z.string(),
  country: z.string().length(2),
  /** The document everything in this folder comes from. */
  source: z.strictObject({ title: z.string(), version: z.string(), published: z.string().optional() }),
  hosts: z.record(identifier, hostSchema),
  environments: z.array(environmentSchema).min(1),
  registration: registrationSchema.optional(),
  access: accessSchema.optional(),
  signing: z.strictObject({ scheme: z.enum(['none']) }),
  /** Headers filled in when the draft leaves them out. */
  headers: z.array(z.strictObject({ name: z.string(), value: recipe, reason: z.string() })).default([]),
  statuses: z.record(identifier, z.array(statusSchema)).default({}),
  /** Calls a TPP may make without the customer being present. */
  unattended: z.strictObject({ perDay: z.int(), presentHeader: z.string() }).optional(),
  assumptions: z.array(assumptionSchema).default([]),
})

export type BankProfile = z.infer<typeof bankProfileSchema>
export type BankEnvironment = z.infer<typeof environmentSchema>
export type AccessProfile = z.infer<typeof accessSchema>
export type ValueRecipeName = (typeof valueRecipeNames)[number]

/** One row of a bank's error table: `errors.yaml` is a list of these. */
export const errorRowSchema = z.strictObject({
  id: identifier,
  area: z.string(),
  http: z.int().min(100).max(599),
  code: z.string(),
  /** Verbatim from the bank's document, misspellings included. */
  title: z.string(),
  /** Verbatim; `<<name>>` stands for a value the bank fills in. */
  detail: z.string(),
  cause: z.string(),
  fix: z.string(),
  /** Operations that can answer with this row. */
  operations: z.array(operationId).min(1),
  /** Id of the row this one repeats in the printed table. */
  duplicateOf: identifier.optional(),
  /** What is odd about the printed row. */
  note: z.string().optional(),
  /** How the local sandbox shows it: what a client does wrong, or the switch of a fault inside the bank. */
  reproduce: z.union([
    z.strictObject({ operation: operationId, mutation: z.string() }),
    z.strictObject({ operation: operationId, switch: identifier }),
  ]),
})

export type ErrorRow = z.infer<typeof errorRowSchema>

/** The keys this workbench adds to an OpenAPI operation object. */
export const operationExtensionSchema = z.object({
  /** Host name of `bank.yaml` the operation lives on. */
  'x-tpp-host': identifier,
  /** Scope a grant needs, with `{pathParameter}` where the id goes into it. */
  'x-tpp-scope': z.string().optional(),
  'x-tpp-availability': z
    .strictObject({
      production: z.boolean(),
      'bank-sandbox': z.boolean(),
      'local-sandbox': z.enum(['real', 'simulated']),
      reason: z.string(),
    })
    .optional(),
  /** Several operation ids that share method and path; `when` names the form field values that tell them apart. */
  'x-tpp-operations': z
    .array(
      z.strictObject({
        id: operationId,
        title: z.string(),
        when: z.record(z.string(), z.string()),
        description: z.string().optional(),
      }),
    )
    .optional(),
})
