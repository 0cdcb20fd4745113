/** Talks to a bank's token endpoint through the one send path, judged by oauth4webapi. */
import * as oauth from 'oauth4webapi'
import type { Exchange } from '#shared/contract/exchange.ts'
import { explainedRow } from '#shared/explained-row.ts'
import { Fault, isFault } from '#shared/fault.ts'
import { type AccessParts, type AccessTarget, oauthProfile, type Place } from './access-target.ts'
import { boundCertificate } from './certificate-binding.ts'
import type { IssuedTokens } from './grant-book.ts'

/** A judged token answer. */
export interface Issued {
  readonly tokens: IssuedTokens
  /** SHA-256 of the certificate the token says it is bound to; null where nothing says so. */
  readonly boundTo: string | null
  /** Seconds. */
  readonly expiresIn: number | null
  /** Scope as issued; null when the bank left it out, which means as asked (RFC 6749 section 5.1). */
  readonly scope: string | null
  readonly exchange: Exchange
}

/** Names of the table of client authentications in a bank's profile. */
const clientAuthentications = { 'tls-client-auth': oauth.TlsClientAuth } as const

export interface TokenEndpoint {
  code(callback: URLSearchParams, redirectUri: string, verifier: string | null): Promise<Issued>
  refresh(refreshToken: string): Promise<Issued>
}

/** oauth4webapi wants to compare a server's name with what it answers; the banks advertise none, so it is a fixed word of ours. */
const issuer = 'https://bank.invalid'

function refused(error: unknown, exchange: Exchange | null): Fault {
  if (isFault(error)) return error
  const details = exchange === null ? {} : { exchange: exchange.id, status: exchange.response?.status ?? null }
  if (error instanceof oauth.ResponseBodyError) {
    const words = error.error_description === undefined ? error.error : `${error.error}: ${error.error_description}`
    return new Fault(
      'ACCESS_TOKEN_REFUSED',
      `The bank issued no token: ${words}`,
      { ...details, error: error.error },
      error,
    )
  }
  const row = exchange == null ? null : explainedRow(exchange)
  if (row !== null)
    return new Fault(
      'ACCESS_TOKEN_REFUSED',
      `The bank issued no token: ${row.title}. ${row.fix}`,
      { ...details, errorId: row.errorId },
      error,
    )
  return new Fault(
    'ACCESS_TOKEN_REFUSED',
    `The bank issued no usable token: ${(error as Error).message}.`,
    details,
    error,
  )
}

const issuedFrom = (answer: oauth.TokenEndpointResponse, exchange: Exchange): Issued => ({
  tokens: { accessToken: answer.access_token, refreshToken: answer.refresh_token ?? null },
  boundTo: boundCertificate(answer.access_token, answer),
  expiresIn: answer.expires_in ?? null,
  scope: answer.scope ?? null,
  exchange,
})

/** Where tokens are asked for. */
export interface TokenDoor {
  /** Id of the operation that takes a code. */
  readonly code: string
  /** undefined where the bank has no refresh. */
  readonly refresh: string | undefined
  /** Where the operations are, when the bank's document does not have them. */
  readonly place?: Place
}

export function tokenEndpoint(
  target: AccessTarget,
  clientId: string,
  door: TokenDoor,
  parts: AccessParts,
): TokenEndpoint {
  const server: oauth.AuthorizationServer = { issuer, token_endpoint: `${issuer}/token` }
  const client: oauth.Client = { client_id: clientId }
  const authentication = clientAuthentications[oauthProfile(target.bank).clientAuthentication]()

  const run = async (
    operation: string,
    ask: (options: oauth.TokenEndpointRequestOptions) => Promise<Response>,
    judge: (response: Response) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<Issued> => {
    let exchange: Exchange | null = null
    const throughSendPath = async (_url: string, init: { body?: unknown }): Promise<Response> => {
      const draft = {
        bank: target.bank.id,
        environment: target.environment.id,
        operation,
        parameters: {},
        headers: {},
        body: String(init.body),
        identity: target.identity.id,
        insist: false,
        deadline: 20_000,
      }
      const sent = await parts.send(draft, undefined, door.place)
      exchange = sent.exchange
      return new Response(new Uint8Array(sent.answer.body), {
        status: sent.answer.status,
        headers: sent.answer.headers,
      })
    }
    try {
      const response = await ask({ [oauth.customFetch]: throughSendPath })
      const answer = await judge(response)
      return issuedFrom(answer, exchange as unknown as Exchange)
    } catch (error) {
      throw refused(error, exchange)
    }
  }

  return {
    code: (callback, redirectUri, verifier) =>
      run(
        door.code,
        (options) =>
          oauth.authorizationCodeGrantRequest(
            server,
            client,
            authentication,
            callback,
            redirectUri,
            // oxlint-disable-next-line typescript/no-deprecated -- there are banks without PKCE; their profile says so
            verifier ?? oauth.nopkce,
            options,
          ),
        (response) => oauth.processAuthorizationCodeResponse(server, client, response),
      ),
    refresh: (refreshToken) => {
      if (door.refresh === undefined)
        throw new Fault('ACCESS_NOT_REFRESHABLE', `${target.bank.name} has no refresh call.`)
      return run(
        door.refresh,
        (options) => oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, options),
        (response) => oauth.processRefreshTokenResponse(server, client, response),
      )
    },
  }
}
