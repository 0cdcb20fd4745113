/** The profile (`bank.yaml`) of an imported document: what it says, and assumptions where it says nothing. */
import type { z } from 'zod'
import type { AccountProfile, FundsProfile } from '#shared/account-profile.ts'
import type { bankProfileSchema } from '#shared/bank-profile.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { berlinGroupStatuses } from './berlin-group-statuses.ts'
import type { JsonObject } from './json-tree.ts'
import type { ResourceAccess } from './resource-access.ts'
import type { Security } from './security-schemes.ts'
import type { Host } from './server-urls.ts'

export type ProfileDraft = z.input<typeof bankProfileSchema>

export interface ProfileParts {
  readonly id: string
  readonly name: string
  readonly country: string
  readonly title: string
  readonly version: string
  readonly hosts: readonly Host[]
  readonly security: Security
  /** Names of the headers any operation declares, in lower case. */
  readonly headers: ReadonlySet<string>
  /** Paths or headers of the Berlin Group's framework were found. */
  readonly berlinGroup: boolean
  /** Where answers say what, as far as the framework's shapes were recognised. */
  readonly accounts?: AccountProfile | null
  readonly funds?: FundsProfile | null
  readonly resources?: readonly ResourceProfile[]
  /** How their customers authorise them; null where the document says otherwise. */
  readonly byLinks?: ResourceAccess | null
  /** Calls that say whether the customer is there and read accounts; empty where none does. */
  readonly unattended?: readonly string[]
}

type Assumptions = NonNullable<ProfileDraft['assumptions']>

/** Which signature the declared headers speak of; the parameters of a scheme are nowhere in an OpenAPI document. */
export function signatureOf(headers: ReadonlySet<string>): string | null {
  if (headers.has('x-jws-signature')) return 'x-jws-signature'
  return headers.has('signature') || headers.has('tpp-signature-certificate') ? 'Signature' : null
}

function assumptionsOf(parts: ProfileParts): Assumptions {
  const { hosts, security, headers, berlinGroup } = parts
  const certificate = needOf(security, berlinGroup)
  const assumptions: Assumptions = [
    {
      id: 'base-urls',
      text: 'Production and sandbox URLs are the servers of the document.',
      reason: 'An OpenAPI document does not say which of its servers is which; words in URL and description decided.',
      operations: 'all',
      adjust: hosts.map(({ id }) => ({ what: 'url', host: id })),
    },
    {
      id: 'client-certificate',
      text: certificate === 'QWAC' ? 'Every host asks for the QWAC.' : 'No host asks for a client certificate.',
      reason: security.mutualTls
        ? 'The document has a mutualTLS security scheme.'
        : berlinGroup
          ? 'The document has operations of the Berlin Group, whose banks ask for a QWAC; it says nothing itself.'
          : 'The document has no mutualTLS security scheme.',
      operations: 'all',
      adjust: hosts.map(({ id }) => ({ what: 'certificate', host: id })),
    },
  ]
  const { resources = [], byLinks, unattended = [] } = parts
  if (resources.length > 0)
    assumptions.push({
      id: 'framework-resources',
      text: `What is created (${resources.map(({ kind }) => kind).join(', ')}) is followed as the Berlin Group’s framework says.`,
      reason: 'Paths and members are those of the framework; the document has no words for statuses and their order.',
      operations: [...new Set(resources.map(({ create }) => create))],
    })
  if (byLinks)
    assumptions.push({
      id: 'authorisation-by-links',
      text: 'Customers authorise by the links of the answers: scaOAuth, scaRedirect, then startAuthorisation.',
      reason: 'The document names a way back for the customer, but no flow for tokens; scopes are the framework’s.',
      operations: 'all',
    })
  if (unattended.length > 0)
    assumptions.push({
      id: 'unattended-calls',
      text: `Accounts can be read four times a day without the customer; ${presentHeader} says that one is present.`,
      reason: 'The framework allows four without an agreement. The document declares the header.',
      operations: [...unattended],
    })
  const signature = signatureOf(headers)
  if (signature !== null) {
    assumptions.push({
      id: 'signing',
      text: 'Requests are not signed.',
      reason: `The document declares the header ${signature}, but not what is signed and how; choose the scheme in the profile.`,
      operations: 'all',
      adjust: [{ what: 'signing' }],
    })
  }
  return assumptions
}

const needOf = (security: Security, berlinGroup: boolean): 'QWAC' | 'none' =>
  security.mutualTls || berlinGroup ? 'QWAC' : 'none'

const urlsOf = (hosts: readonly Host[], kind: 'production' | 'sandbox'): Record<string, string> =>
  Object.fromEntries(hosts.map((host) => [host.id, host[kind]]))

/** The framework's header for it. */
const presentHeader = 'PSU-IP-Address'

const accessOf = ({ security, byLinks }: ProfileParts): Pick<ProfileDraft, 'access'> =>
  byLinks ? { access: byLinks.access } : security.access === null ? {} : { access: security.access }

function statusesOf(resources: readonly ResourceProfile[]): ProfileDraft['statuses'] | null {
  const named = resources.flatMap(({ vocabulary, authorisations }) => [
    vocabulary,
    ...authorisations.map((each) => each.vocabulary),
  ])
  const wanted = Object.entries(berlinGroupStatuses).filter(([name]) => named.includes(name))
  return wanted.length === 0 ? null : Object.fromEntries(wanted.map(([name, list]) => [name, [...list]]))
}

/** Where the framework's answers lead a customer to. */
function pagesOf({ resources = [] }: ProfileParts): NonNullable<ProfileDraft['customerPages']> {
  const operations = resources.flatMap(({ create, authorisations }) => [
    create,
    ...authorisations.flatMap(({ start }) => start ?? []),
  ])
  return [
    {
      at: '/_links/scaRedirect/href',
      purpose: 'The customer authorises what was created, or its cancellation, on a page of the bank.',
      operations: [...new Set(operations)],
    },
  ]
}

export function makeProfile(parts: ProfileParts): ProfileDraft {
  const { id, name, country, title, version, hosts, security, headers, berlinGroup } = parts
  const { resources = [], unattended = [] } = parts
  const statuses = statusesOf(resources)
  const clientCertificate = needOf(security, berlinGroup)
  return {
    id,
    name,
    country,
    source: { title, version },
    hosts: Object.fromEntries(hosts.map(({ id, description }) => [id, { description, clientCertificate }])),
    environments: [
      { id: 'bank-sandbox', name: "The bank's sandbox", kind: 'bank-sandbox', urls: urlsOf(hosts, 'sandbox') },
      { id: 'production', name: 'Production', kind: 'production', urls: urlsOf(hosts, 'production') },
    ],
    ...accessOf(parts),
    signing: { scheme: 'none' },
    headers: headers.has('x-request-id')
      ? [
          {
            name: 'X-Request-ID',
            value: 'uuid',
            reason: "The document declares it; the bank's support can find a request by it.",
          },
        ]
      : [],
    ...(statuses === null ? {} : { statuses }),
    ...(unattended.length === 0 ? {} : { unattended: { perDay: 4, presentHeader, operations: [...unattended] } }),
    ...(parts.accounts ? { accounts: parts.accounts } : {}),
    ...(parts.funds ? { fundsConfirmation: parts.funds } : {}),
    ...(resources.length === 0 ? {} : { customerPages: pagesOf(parts), resources: [...resources] }),
    assumptions: assumptionsOf(parts),
  }
}

/** The country of a host's name; `XX` where it has none of its own. */
export function countryOf(hosts: readonly Host[]): string {
  const generic = new Set(['ai', 'app', 'co', 'dev', 'fm', 'gg', 'io', 'me', 'sh', 'to', 'tv'])
  for (const { production, sandbox } of hosts) {
    const url = production || sandbox
    const last = url === '' ? '' : new URL(url).hostname.split('.').at(-1)!
    if (/^[a-z]{2}$/.test(last) && !generic.has(last)) return last === 'uk' ? 'GB' : last.toUpperCase()
  }
  return 'XX'
}

/** Text of the document's `info`, on one line and not longer than a name is. */
export function infoText(document: JsonObject, key: string, most: number): string {
  const info = document.info
  const value = typeof info === 'object' && info !== null && !Array.isArray(info) ? info[key] : undefined
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .trim()
}
