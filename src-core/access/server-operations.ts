/** Calls to an authorisation server that a link led to: described as operations, so that they go through the one send path like every other. */
import type { ResourceProfile } from '#shared/resource-profile.ts'
import type { Bank, Operation } from '../banks/bank.ts'
import type { Endpoints } from '../requests/prepared.ts'
import type { Place } from './access-target.ts'

export const serverOperations = {
  metadata: 'oauth-server-metadata',
  token: 'oauth-server-token',
  refresh: 'oauth-server-token-refresh',
  status: 'linked-status',
} as const

const described = (id: string, title: string, url: URL, change: Partial<Operation>): Operation => ({
  id,
  method: 'GET',
  path: `${url.pathname}${url.search}`,
  title,
  description: 'A call to the authorisation server the bank links to. It is not in the bank’s document.',
  tags: [],
  host: id,
  scope: null,
  tokenOptional: false,
  alternativeScopes: [],
  parameters: [],
  body: null,
  availability: null,
  assumptions: [],
  when: {},
  responses: [],
  ...change,
})

const form = {
  method: 'POST',
  body: { required: true, contentType: 'application/x-www-form-urlencoded', schema: {}, example: null },
} as const

function laidOver(bank: Bank, endpoints: Endpoints, added: readonly (readonly [Operation, URL])[]): Place {
  const own = added.map(([operation]) => operation)
  // The customer's certificate-bound token comes from here: the identity of every other call, on the same connections.
  const host = { description: 'The authorisation server.', clientCertificate: 'QWAC', browser: false } as const
  const hosts = Object.fromEntries(own.map((operation) => [operation.host, host]))
  const urls = Object.fromEntries(added.map(([operation, url]) => [operation.host, url.origin]))
  return {
    endpoints: { ...endpoints, urls: { ...endpoints.urls, ...urls } },
    bank: {
      ...bank,
      profile: { ...bank.profile, hosts: { ...bank.profile.hosts, ...hosts } },
      operations: [...bank.operations, ...own],
      operation: (id) => own.find((operation) => operation.id === id) ?? bank.operation(id),
      signs: (operation) => !own.includes(operation) && bank.signs(operation),
    },
  }
}

/** RFC 8414 section 3.1. */
export const metadataPlace = (bank: Bank, endpoints: Endpoints, url: URL): Place =>
  laidOver(bank, endpoints, [[described(serverOperations.metadata, 'Read the server’s metadata', url, {}), url]])

/** RFC 6749 section 3.2. */
export const tokenPlace = (bank: Bank, endpoints: Endpoints, url: URL): Place =>
  laidOver(bank, endpoints, [
    [described(serverOperations.token, 'Exchange the code', url, form), url],
    [described(serverOperations.refresh, 'Refresh the tokens', url, form), url],
  ])

/**
 * The status of something whose answer links to it, at a bank whose document has no call for that. The link is followed
 * on the bank's own host only, with the headers and the signature of the call that created it.
 * @returns null where the link leads elsewhere.
 */
export function statusPlace(bank: Bank, endpoints: Endpoints, profile: ResourceProfile, link: string): Place | null {
  const create = bank.operation(profile.create)
  const base = URL.parse(endpoints.urls[create.host] ?? '')
  const url = base === null ? null : URL.parse(link, base.href)
  if (base === null || url === null || url.origin !== base.origin) return null
  const [id = ''] = profile.parameters
  const inPath = { ...create.parameters[0]!, name: id, wireName: id, in: 'path' as const, required: false, schema: {} }
  const headers = create.parameters.filter((each) => each.in === 'header').map((each) => ({ ...each, required: false }))
  const operation = described(serverOperations.status, 'Read the status', url, {
    host: create.host,
    parameters: [inPath, ...headers],
  })
  const resources = [{ ...profile, status: operation.id }]
  return {
    endpoints: { ...endpoints, urls: { ...endpoints.urls, [create.host]: url.origin } },
    bank: {
      ...bank,
      profile: { ...bank.profile, resources },
      operations: [...bank.operations, operation],
      operation: (name) => (name === operation.id ? operation : bank.operation(name)),
      signs: (one) => bank.signs(one === operation ? create : one),
    },
  }
}
