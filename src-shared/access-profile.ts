/** How a TPP gets a customer's access at a bank: one entry per flow, the flow's name being a key of core's table. */
import { z } from 'zod'
import { recipeSchema as recipe } from './value-recipe.ts'

const operationId = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)

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

/** Seconds; left out where the bank's document says nothing. */
const lifetimesSchema = z.strictObject({ code: z.int(), accessToken: z.int(), refreshToken: z.int() })

const oauthCodeSchema = z.strictObject({
  /** OAuth 2.0 code flow at endpoints that are operations of the bank (RFC 6749 section 4.1). */
  flow: z.literal('oauth-code'),
  authorize: operationId,
  token: operationId,
  refresh: operationId.optional(),
  clientId: recipe,
  /** Issuer the bank advertises: a callback has to carry it (RFC 9207). Left out where the bank's document names none. */
  issuer: z.url({ protocol: /^https$/ }).optional(),
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
  lifetimes: lifetimesSchema,
  /** `rotates`: each use spends the token and brings the next one. */
  refreshToken: z.enum(['rotates', 'reusable', 'none']),
})

/** OAuth SCA approach of the Berlin Group: the resource is created first, and its answer links to the server's metadata. */
const oauthScaSchema = z.strictObject({
  flow: z.literal('oauth-sca'),
  /** Name of the link in `_links` that holds the URL of the metadata (RFC 8414). */
  link: z.string(),
  /** Links that do where that one is missing, in this order, each to a page of the bank without a code. */
  pages: z.array(z.string()).default([]),
  /** Link to the call that starts an authorisation, whose answer is looked at in the same way. */
  start: z.string().optional(),
  /** Header the bank takes the way back from, on calls that lead to a page. */
  returnHeader: z.string().optional(),
  /** Host whose URL, where a person sets it, is the address of the metadata when no answer links to it. */
  server: z.string().optional(),
  clientId: recipe,
  clientAuthentication: z.enum(['tls-client-auth']),
  pkce: z.enum(['S256', 'none']),
  scopes: z.array(scopeSchema),
  lifetimes: lifetimesSchema.optional(),
  refreshToken: z.enum(['rotates', 'reusable', 'none']),
})

/** A token somebody else issues and a person enters. */
const bearerSchema = z.strictObject({
  flow: z.literal('bearer'),
  /** Where a person gets the token. */
  origin: z.string(),
  scopes: z.array(scopeSchema),
})

/** No token: the bank answers with a page of its own, and the same call is repeated after the customer was there. */
const redirectChallengeSchema = z.strictObject({
  flow: z.literal('redirect-challenge'),
  status: z.int(),
  link: z.string(),
  /** Header the bank takes the way back from. */
  returnHeader: z.string(),
})

/** No token: the answer of a call links to a page of the bank for the customer. */
const redirectLinkSchema = z.strictObject({
  flow: z.literal('redirect-link'),
  link: z.string(),
  returnHeader: z.string(),
})

export const accessSchema = z.discriminatedUnion('flow', [
  oauthCodeSchema,
  oauthScaSchema,
  bearerSchema,
  redirectChallengeSchema,
  redirectLinkSchema,
])

export type AccessProfile = z.infer<typeof accessSchema>
export type OauthCodeProfile = z.infer<typeof oauthCodeSchema>
export type OauthScaProfile = z.infer<typeof oauthScaSchema>
