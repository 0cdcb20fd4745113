/**
 * The tokens of the local sandbox: `payex~CUSTOMER`, `payex~CUSTOMER~WORD` or `payex~CUSTOMER~WORD~TENANT`.
 * They protect nothing, so they say whom they belong to instead of being drawn: every word begins another pre-authorization.
 */
import { randomBytes } from 'node:crypto'
import { headerOf, type Received } from '#sandbox/net/answer.ts'

export interface NamedToken {
  readonly secret: string
  readonly customer: string
  /** Null for the token a customer always has. */
  readonly word: string | null
  readonly tenant: string | null
}

export const standingToken = (customer: string): string => `payex~${customer}`

/** Whether a token can name this tenant; the characters are those of a bearer token (RFC 6750 section 2.1) but for `~`. */
export const canBeNamed = (tenant: string): boolean => /^[\w.+/=-]+$/.test(tenant)

export const newToken = (customer: string, tenant: string | null): string =>
  [standingToken(customer), randomBytes(8).toString('hex'), ...(tenant ? [tenant] : [])].join('~')

export function tokenOf(received: Received): NamedToken | null {
  const [, secret = ''] = /^Bearer ([\w.~+/=-]+)$/i.exec(headerOf(received, 'authorization') ?? '') ?? []
  const [, customer, word = null, tenant = null] =
    /^payex~([a-z-]+)(?:~([\w-]{1,40})(?:~([\w.+/=-]+))?)?$/.exec(secret) ?? []
  return customer === undefined ? null : { secret, customer, word, tenant }
}
