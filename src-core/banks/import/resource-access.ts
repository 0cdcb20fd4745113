/** How a customer authorises what was recognised in the manner of the Berlin Group: by the links of the answers, with a token for the one consent or payment. */
import type { OauthScaProfile } from '#shared/access-profile.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { isObject } from './json-tree.ts'
import { consentHeaders } from './resource-calls.ts'
import type { Security } from './security-schemes.ts'
import { nodeOf, parametersOf, type ShapedDocument } from './shaped-document.ts'

/** Header the framework takes the customer's way back from. */
const returnHeader = 'TPP-Redirect-URI'

const purposes = {
  AIS: { roles: ['PSP_AI'], purpose: 'Read what one consent covers, and the consent itself.' },
  PIIS: { roles: ['PSP_IC'], purpose: 'Ask whether funds are there under one consent, and the consent itself.' },
  PIS: { roles: ['PSP_PI'], purpose: 'Authorise, read and cancel one payment.' },
} as const satisfies Record<string, { roles: OauthScaProfile['scopes'][number]['roles']; purpose: string }>

export interface ResourceAccess {
  readonly access: OauthScaProfile
  /** Scope of the token by operation; null for those that create, before there is one. */
  readonly scopes: ReadonlyMap<string, string | null>
}

function callsOf({ read, status, authorisations, ...rest }: ResourceProfile): readonly string[] {
  const theirs = authorisations.flatMap((each) => [each.start, each.list, each.status, each.update])
  return [read, status, rest.delete?.operation, ...theirs].filter((id) => id !== undefined)
}

/** The framework's words for a token's scope (NextGenPSD2 1.3, section 13.1); none for baskets. */
function wordOf({ kind, create }: ResourceProfile, shaped: ShapedDocument): keyof typeof purposes | null {
  if (kind === 'basket') return null
  if (kind !== 'consent') return 'PIS'
  const path = shaped.operations.find(({ id }) => id === create)?.path ?? ''
  return /fund|cof|piis/i.test(path) ? 'PIIS' : 'AIS'
}

function scopesOf(shaped: ShapedDocument, resources: readonly ResourceProfile[]): Map<string, string | null> {
  const scopes = new Map<string, string | null>()
  const [header] = consentHeaders(shaped)
  const consent = resources.find(({ kind }) => kind === 'consent')
  const word = consent === undefined ? null : wordOf(consent, shaped)
  for (const call of shaped.operations) {
    if (header === undefined || word === null || !parametersOf(shaped, call, nodeOf(shaped, call)).includes(header))
      continue
    scopes.set(call.id, `${word}:{${header}}`)
  }
  for (const resource of resources) {
    const own = wordOf(resource, shaped)
    scopes.set(resource.create, null)
    for (const id of callsOf(resource)) scopes.set(id, own === null ? null : `${own}:{${resource.parameters[0]}}`)
  }
  return scopes
}

/** null where the document has a flow of its own for tokens, or no way back from a page. */
export function recogniseAccess(
  shaped: ShapedDocument,
  resources: readonly ResourceProfile[],
  security: Security,
): ResourceAccess | null {
  if (security.schemes.some(({ type }) => type === 'oauth2' || type === 'openIdConnect')) return null
  const creations = shaped.operations.filter(({ id }) => resources.some(({ create }) => create === id))
  const named = creations
    .flatMap((call) => parametersOf(shaped, call, nodeOf(shaped, call)))
    .find((name) => name.toLowerCase() === returnHeader.toLowerCase())
  if (named === undefined) return null
  const listed = resources.flatMap((resource) => {
    const word = wordOf(resource, shaped)
    return word === null ? [] : [{ scope: `${word}:{${resource.parameters[0]}}`, ...purposes[word] }]
  })
  return {
    access: {
      flow: 'oauth-sca',
      link: 'scaOAuth',
      pages: ['scaRedirect'],
      start: 'startAuthorisation',
      returnHeader: named,
      clientId: 'organisation-identifier',
      clientAuthentication: 'tls-client-auth',
      pkce: 'S256',
      scopes: [...new Map(listed.map((each) => [each.scope, { ...each, roles: [...each.roles] }])).values()],
      refreshToken: 'reusable',
    },
    scopes: scopesOf(shaped, resources),
  }
}

/** Writes the scopes to the operations. A bank that needs no token there gets none: they are optional. */
export function applyScopes({ paths, operations }: ShapedDocument, { scopes }: ResourceAccess): void {
  for (const { id, path, method } of operations) {
    const item = paths[path]
    const node = isObject(item) ? item[method.toLowerCase()] : undefined
    if (!isObject(node)) continue
    const scope = scopes.get(id)
    if (scope === null) delete node['x-tpp-scope']
    if (typeof scope === 'string') node['x-tpp-scope'] = scope
    if (node['x-tpp-scope'] !== undefined) node['x-tpp-token'] = 'optional'
  }
}
