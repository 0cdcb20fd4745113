/** The profile (`bank.yaml`) of an imported document: what it says, and assumptions where it says nothing. */
import type { z } from 'zod'
import type { AccountProfile, FundsProfile } from '#shared/account-profile.ts'
import type { bankProfileSchema } from '#shared/bank-profile.ts'
import type { JsonObject } from './json-tree.ts'
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
}

type Assumptions = NonNullable<ProfileDraft['assumptions']>

/** Which signature the declared headers speak of; the parameters of a scheme are nowhere in an OpenAPI document. */
export function signatureOf(headers: ReadonlySet<string>): string | null {
  if (headers.has('x-jws-signature')) return 'x-jws-signature'
  return headers.has('signature') || headers.has('tpp-signature-certificate') ? 'Signature' : null
}

function assumptionsOf({ hosts, security, headers, berlinGroup }: ProfileParts): Assumptions {
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

export function makeProfile(parts: ProfileParts): ProfileDraft {
  const { id, name, country, title, version, hosts, security, headers, berlinGroup } = parts
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
    ...(security.access === null ? {} : { access: security.access }),
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
    ...(parts.accounts ? { accounts: parts.accounts } : {}),
    ...(parts.funds ? { fundsConfirmation: parts.funds } : {}),
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
