/** A bank's environments, and what a person may set differently for one of them without touching the bank's folder. */
import { z } from 'zod'
import { signingProfileSchema } from './signing-profile.ts'

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)

/** A URL base, or the empty string where the bank's document names none and the user fills it in. */
const base = z.union([z.literal(''), z.url({ protocol: /^https?$/ })])

const certificateNeed = z.enum(['QWAC', 'none'])

/** PEM certificates trusted beside the built-in roots, as a corporate CA. */
const extraAuthorities = z.array(z.string().includes('-----BEGIN CERTIFICATE-----')).max(20).default([])

/** Whether a user stands before the host (RFC 3986 section 3.2.1); the slashes as a URL parser takes them. */
export const hasUserInfo = (url: string): boolean => /^\s*[a-z][a-z0-9+.-]*:[/\\]*[^/\\?#]*@/i.test(url)

/** An HTTP proxy reached by CONNECT (RFC 9110 section 9.3.6): `http://host:port`. It never sees a client certificate. */
const proxySchema = z.strictObject({
  url: z
    .url({ protocol: /^http$/ })
    .refine(
      (url) => !hasUserInfo(url),
      'A proxy URL carries no user and no password. Give them on their own (--proxy-user, --proxy-password-file, or the fields in Banks): the password then stays in the key store.',
    ),
  /** For a proxy that asks (RFC 7617 section 2: without a colon). */
  user: z
    .string()
    .regex(/^[^\p{Cc}:]{1,255}$/u, 'A user name has no colon and no control characters.')
    .optional(),
})

/** As a person set it: `password` says that there is one in the key store, never what it is. */
const ownProxySchema = proxySchema.extend({ password: z.literal('key-store').optional() })
export type ProxyAccess = z.infer<typeof ownProxySchema>

/** What is sent once and kept in the key store. */
export const proxyPasswordSchema = z
  .string()
  .regex(/^\P{Cc}{1,1024}$/u, 'A password has 1 to 1,024 characters and no control characters.')

/** Where the bank's hosts live in one environment. `local-sandbox` gets its URLs from the running sandbox. */
export const environmentSchema = z.strictObject({
  id: identifier,
  name: z.string(),
  kind: z.enum(['local-sandbox', 'bank-sandbox', 'production']),
  /** Base URL per host name of `hosts`; operation paths are appended to it. */
  urls: z.record(identifier, base),
  /** Hosts that ask for another client certificate here than `hosts` says. */
  certificates: z.record(identifier, certificateNeed).default({}),
  ca: extraAuthorities,
  proxy: proxySchema.optional(),
  /** Values of parameters a draft leaves out, by parameter name. */
  values: z.record(z.string(), z.string()).default({}),
  note: z.string().optional(),
})
/** With a person's own proxy laid over the folder's. */
export type BankEnvironment = Omit<z.infer<typeof environmentSchema>, 'proxy'> & { proxy?: ProxyAccess | undefined }

/** `<in> <declared name>`, as `header TPP-Session-ID`. */
export const parameterKeySchema = z.string().regex(/^(path|query|header) \S+$/)

/** What a person changed about one parameter, wherever the bank declares it. */
export const parameterOverrideSchema = z.strictObject({
  /** The name on the wire (query and header only). */
  name: z.string().min(1).max(200).optional(),
  enum: z.array(z.string()).min(1).optional(),
  required: z.boolean().optional(),
  /** The value of a draft that leaves it out. */
  value: z.string().optional(),
})

/** What a person says about one assumption: it was confirmed, or something else is true here. */
export const assumptionOverrideSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('confirmed') }),
  z.strictObject({ state: z.literal('differs'), instead: z.string().min(1).max(2000) }),
])

/** One environment of one bank as a person set it; what is left out stays as the bank's folder has it. */
export const environmentOverrideSchema = z.strictObject({
  urls: z.record(identifier, base).default({}),
  certificates: z.record(identifier, certificateNeed).default({}),
  ca: extraAuthorities,
  proxy: ownProxySchema.optional(),
  parameters: z.record(parameterKeySchema, parameterOverrideSchema).default({}),
  /** Operation id → path with the same placeholders. */
  paths: z.record(identifier, z.string().regex(/^\/\S*$/, 'A path begins with a slash.')).default({}),
  signing: signingProfileSchema.optional(),
  /** Name of a component schema → the JSON Schema that is right here; `{}` takes everything. */
  schemas: z.record(z.string(), z.record(z.string(), z.json())).default({}),
  assumptions: z.record(identifier, assumptionOverrideSchema).default({}),
  /** Id of the identity that is used here unless a draft names another. */
  identity: z.string().optional(),
})
export type EnvironmentOverride = z.infer<typeof environmentOverrideSchema>

/** What of an environment an assumption can be adjusted with; each is a place in `environmentOverrideSchema`. */
export const adjustmentSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('url'), host: identifier }),
  z.strictObject({ what: z.literal('certificate'), host: identifier }),
  z.strictObject({ what: z.literal('parameter'), parameter: parameterKeySchema }),
  z.strictObject({ what: z.literal('path'), operation: identifier }),
  z.strictObject({ what: z.literal('schema'), schema: z.string() }),
  z.strictObject({ what: z.literal('signing') }),
])
export type Adjustment = z.infer<typeof adjustmentSchema>
