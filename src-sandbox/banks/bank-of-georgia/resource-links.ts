/** Where consents, payments and their authorisations are on the interface's host. */
import type { ResourceKind } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'

type Link = { readonly href: string }
export type Links = Readonly<Record<string, Link>>

/** What tells the paths of a resource: its id and, of a payment, service and product. */
export interface Addressed {
  readonly id: string
  readonly service?: string
  readonly product?: string
}

export const resourcePath = ({ id, service, product }: Addressed): string =>
  service === undefined ? `/v1/consents/${id}` : `/v1/${service}/${product}/${id}`

export const authorisationsPath = (kind: ResourceKind, resource: Addressed): string =>
  `${resourcePath(resource)}/${kind === 'cancellation' ? 'cancellation-authorisations' : 'authorisations'}`

export function creationLinks(
  bog: BogSurroundings,
  kind: ResourceKind,
  resource: Addressed,
  authorisation: string | null,
): Links {
  const links = {
    self: bog.link(resourcePath(resource)),
    status: bog.link(`${resourcePath(resource)}/status`),
  }
  const authorisations = authorisationsPath(kind, resource)
  if (authorisation === null) return { startAuthorisation: bog.link(authorisations), ...links }
  return {
    scaOAuth: { href: bog.oauth().metadata },
    ...links,
    scaStatus: bog.link(`${authorisations}/${authorisation}`),
  }
}

/** Headers of an answer that created something (framework 1.3.9, section 5.3.1). */
export function creationHeaders(
  bog: BogSurroundings,
  path: string,
  notificationUri: string | undefined,
): Record<string, string> {
  return {
    location: bog.link(path).href,
    // OAuth is subsumed under REDIRECT.
    'aspsp-sca-approach': 'REDIRECT',
    ...(notificationUri !== undefined && { 'aspsp-notification-support': 'false' }),
  }
}
