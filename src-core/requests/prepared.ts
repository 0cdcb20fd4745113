/** The steps of a call as types: each is made by the step before it and by nobody else. */
import type { BankEnvironment } from '#shared/bank-environment.ts'
import type { Finding } from '#shared/contract/exchange.ts'
import type { Draft } from '#shared/contract/requests.ts'
import type { Bank, Operation } from '../banks/bank.ts'
import type { ProxyRoute } from '../http/proxy-tunnel.ts'

/** What the send path needs to know of an identity; the key itself stays in keys. */
export interface SendingIdentity {
  readonly id: string
  readonly name: string
  readonly kind: 'QWAC' | 'QSEAL' | 'none'
  readonly subject: string
  readonly organizationIdentifier: string | null
  readonly roles: readonly string[]
  readonly notBefore: string
  readonly notAfter: string
  readonly sha256: string
  /** RFC 4514; left out where it is not known. */
  readonly issuer?: string
  /** What may be wrong with it although it can be used, by the ids of the key area. */
  readonly warnings?: readonly { readonly id: string }[]
  readonly key?: { readonly type: string }
}

/** The grant a call uses, token included: it never leaves core. */
export interface SendingGrant {
  readonly id: string
  readonly scope: string
  readonly identity: string
  readonly accessToken: string
  readonly accessTokenExpiresAt: string
  /** SHA-256 of the certificate the token says it is bound to (RFC 8705 section 3); null where it says nothing. */
  readonly boundTo?: string | null
  /** Calls without the customer that were made with it today. */
  readonly unattendedUsed?: number
  /** When the token was issued, ISO 8601. */
  readonly obtainedAt?: string
  /** Until when it can be refreshed, counted from the customer's authentication; ISO 8601. */
  readonly refreshTokenExpiresAt?: string | null
  /** Whether a refresh token is kept with it. */
  readonly refreshable?: boolean
  /** Id of the remembered consent or payment it is for. */
  readonly consent?: string | null
}

/** Where an environment's hosts are and whom it trusts. */
export interface Endpoints {
  readonly urls: Readonly<Record<string, string>>
  /** PEM certificates, the only ones trusted; never empty. Equal ones should be the same list, which is known by identity. */
  readonly ca: readonly string[]
  /** null or left out: straight to the bank. */
  readonly proxy?: ProxyRoute | null
}

/** A draft with everything resolved but the token and the signature. */
export interface Prepared {
  readonly draft: Draft
  readonly bank: Bank
  readonly environment: BankEnvironment
  readonly operation: Operation
  readonly endpoints: Endpoints
  readonly identity: SendingIdentity | null
  /** Scope the operation needs with its ids filled in; null where it needs none. */
  readonly scope: string | null
  readonly grant: SendingGrant | null
  /** The operation's, unless the draft names another. */
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string | null
  /** What the draft broke on purpose. */
  readonly findings: readonly Finding[]
}
