/** Reads where an authorisation server has its endpoints (RFC 8414), from a link of the bank's answer: untrusted until it says who it is. */
import { z } from 'zod'
import { Fault } from '#shared/fault.ts'
import type { AccessParts, AccessTarget } from './access-target.ts'
import { allowedIn, customerLink } from './customer-link.ts'
import { metadataPlace, serverOperations } from './server-operations.ts'

export interface DiscoveredServer {
  readonly issuer: string
  readonly authorize: string
  readonly tokenEndpoint: string
  /** Whether a callback has to carry `iss` (RFC 9207 section 3). */
  readonly namesItself: boolean
}

const httpsUrl = z.url({ protocol: /^https$/ })

const metadataSchema = z.looseObject({
  issuer: httpsUrl,
  authorization_endpoint: z.string(),
  token_endpoint: httpsUrl,
  code_challenge_methods_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
  mtls_endpoint_aliases: z.looseObject({ token_endpoint: httpsUrl.optional() }).optional(),
})

const refuse = (why: string, details: Record<string, unknown>): Fault =>
  new Fault('ACCESS_LINK', `The metadata of the authorisation server cannot be used: ${why}.`, details)

/** RFC 8414 section 3: the well-known part stands before the issuer's path; OpenID Connect puts it behind. */
function addressesOf(issuer: URL): string[] {
  const path = issuer.pathname.replace(/\/$/, '')
  const { origin } = issuer
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
    `${origin}${path}/.well-known/oauth-authorization-server`,
    `${origin}${path}/.well-known/openid-configuration`,
  ]
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)

/** Throws ACCESS_LINK; the exchange is in history either way. */
export async function discoverServer(
  name: string,
  href: string,
  target: AccessTarget,
  parts: AccessParts,
  signal?: AbortSignal,
): Promise<DiscoveredServer> {
  const link = new URL(customerLink(name, href).url)
  const endpoints = await parts.endpoints(target.bank, target.environment.id)
  const own = Object.values(endpoints.urls).flatMap((url) => URL.parse(url)?.hostname ?? [])
  if (isLoopback(link.hostname) && !own.some(isLoopback))
    throw refuse('the link leads to this machine, where the bank is not', { host: link.host })
  const { exchange, answer } = await parts.send(
    {
      bank: target.bank.id,
      environment: target.environment.id,
      operation: serverOperations.metadata,
      parameters: {},
      headers: { Accept: 'application/json' },
      identity: target.identity.id,
      insist: false,
      deadline: 20_000,
    },
    signal,
    metadataPlace(target.bank, endpoints, link),
  )
  const details = { exchange: exchange.id, host: link.host, status: answer.status }
  if (answer.status !== 200) throw refuse(`${link.host} answered ${answer.status}`, details)
  return judgeMetadata(answer.body.toString('utf8'), link, target, details)
}

function judgeMetadata(
  text: string,
  link: URL,
  { bank, environment }: AccessTarget,
  details: Record<string, unknown>,
): DiscoveredServer {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refuse('it is not JSON', details)
  }
  const read = metadataSchema.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    throw refuse(`${issue?.path.join('.') ?? 'it'} is missing or no https address`, details)
  }
  const { issuer, token_endpoint, mtls_endpoint_aliases: aliases } = read.data
  // RFC 8414 section 3.3: what does not name the address it was read from may be another server's.
  if (!addressesOf(new URL(issuer)).includes(`${link.origin}${link.pathname}`.replace(/\/$/, '')))
    throw refuse(`its issuer ${issuer} is not the server it was read from`, details)
  const methods = read.data.code_challenge_methods_supported
  const { access } = bank.profile
  if (access?.flow === 'oauth-sca' && access.pkce === 'S256' && methods !== undefined && !methods.includes('S256'))
    throw refuse('the server does not take S256 challenges (RFC 7636)', details)
  return {
    issuer,
    authorize: customerLink('authorization_endpoint', read.data.authorization_endpoint, allowedIn(environment)).url,
    // RFC 8705 section 5: where a client with a certificate goes.
    tokenEndpoint: aliases?.token_endpoint ?? token_endpoint,
    namesItself: read.data.authorization_response_iss_parameter_supported,
  }
}
