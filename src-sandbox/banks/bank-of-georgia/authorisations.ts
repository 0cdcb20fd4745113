/** Authorisations of a consent, a payment or its cancellation: started once per signer, listed and watched. */
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { checkAge, scopeOfConsent, scopeOfPayment, tokenFor } from './access-token.ts'
import type { BogCall, BogHandler } from './admission.ts'
import { isOpen, isOver, newAuthorisation, subjectOf } from './authorisation-life.ts'
import { applyPsuData, bodyOf } from './authorisation-update.ts'
import type { Authorisable, Authorisation, Consent, Payment, ResourceKind } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { isLeftUnauthorised } from './consent-status.ts'
import { consentInPath, paymentInPath } from './find-resource.ts'
import { namedCustomer } from './psu-headers.ts'
import { authorisationsPath, creationHeaders } from './resource-links.ts'

interface Subject {
  readonly resource: Consent | Payment
  readonly kind: ResourceKind
  /** undefined for a cancellation nobody asked for. */
  readonly authorisable: Authorisable | undefined
  /** PSU-ID the sent token was granted by. */
  readonly grantedBy: string | null
}

function subjectIn(bog: BogSurroundings, call: BogCall, kind: ResourceKind): Subject {
  const resource = kind === 'consent' ? consentInPath(bog, call) : paymentInPath(bog, call)
  // Signers have no token before they authorised: one that is sent must be good, none is as well.
  const token = tokenFor(call, kind === 'consent' ? scopeOfConsent(resource.id) : scopeOfPayment(resource.id))
  if (token) checkAge(call, token)
  const authorisable = subjectOf(call.state, kind, resource.id)
  return { resource, kind, authorisable, grantedBy: token?.grant.psu ?? null }
}

export function authorisationIn(call: BogCall, { kind, resource }: Pick<Subject, 'kind' | 'resource'>): Authorisation {
  const found = call.state.authorisations[call.parameter('authorisationId')]
  if (found && found.kind === kind && found.resource === resource.id) return found
  return call.refuse('404-resource-unknown', { reason: 'there is no such authorisation', path: 'authorisationId' })
}

function checkStartable(call: BogCall, { kind, resource, authorisable }: Subject): Authorisable {
  if (!authorisable)
    return call.refuse('409-status-invalid', { reason: 'no cancellation that needs an authorisation was asked for' })
  if (isLeftUnauthorised(authorisable, call.now))
    call.refuse('400-resource-expired', { reason: `the time to authorise the ${kind} has passed` })
  if (!isOpen(call.state, kind, resource.id, call.now))
    call.refuse('409-status-invalid', { reason: `the ${kind} needs no further authorisation` })
  return authorisable
}

/** Who the new authorisation is for, as far as the TPP says so. */
function signerOf(call: BogCall, { eligible, signedBy }: Authorisable): string | null {
  const { customer } = namedCustomer(call)
  if (!customer) return null
  const path = 'PSU-ID'
  if (!eligible.includes(customer.id))
    call.refuse('401-psu-credentials-invalid', { reason: `${customer.name} may not authorise this`, path })
  if (signedBy.includes(customer.id))
    call.refuse('409-status-invalid', { reason: `${customer.name} has authorised this before`, path })
  return customer.id
}

export const startAuthorisation =
  (bog: BogSurroundings, kind: ResourceKind): BogHandler =>
  (call) => {
    const subject = subjectIn(bog, call, kind)
    const psu = signerOf(call, checkStartable(call, subject))
    const authorisation = newAuthorisation(call.state, {
      kind,
      resource: subject.resource.id,
      psu,
      redirectUri: call.header('tpp-redirect-uri') ?? null,
      now: call.now,
    })
    const { extra } = applyPsuData(call, authorisation, bodyOf(call))
    const path = `${authorisationsPath(kind, subject.resource)}/${authorisation.id}`
    const body = {
      scaStatus: authorisation.status,
      authorisationId: authorisation.id,
      psuMessage: 'გთხოვთ, დაადასტუროთ მოთხოვნა ბანკის გვერდზე.',
      ...extra,
      _links: { scaOAuth: { href: bog.oauth().metadata }, scaStatus: bog.link(path) },
    }
    const headers = creationHeaders(bog, path, call.header('tpp-notification-uri'))
    return jsonAnswer(201, body, `authorisation of the ${kind} started${psu ? ` for ${psu}` : ''}`, headers)
  }

export const listAuthorisations =
  (bog: BogSurroundings, kind: ResourceKind): BogHandler =>
  (call) => {
    const { resource } = subjectIn(bog, call, kind)
    const authorisationIds = Object.values(call.state.authorisations)
      .filter((one) => one.kind === kind && one.resource === resource.id)
      .map(({ id }) => id)
    return jsonAnswer(200, { authorisationIds }, `${authorisationIds.length} authorisations`)
  }

/** Ends the request where the customer let the time pass. */
function checkInTime(call: BogCall, authorisation: Authorisation): void {
  if (isOver(authorisation, call.now))
    call.refuse('403-resource-expired', { reason: 'the authorisation was left unfinished until its time had passed' })
}

export const readAuthorisation =
  (bog: BogSurroundings, kind: ResourceKind): BogHandler =>
  (call) => {
    const authorisation = authorisationIn(call, subjectIn(bog, call, kind))
    checkInTime(call, authorisation)
    return jsonAnswer(200, { scaStatus: authorisation.status }, `authorisation is ${authorisation.status}`)
  }

export const updateAuthorisation =
  (bog: BogSurroundings, kind: ResourceKind): BogHandler =>
  (call) => {
    const subject = subjectIn(bog, call, kind)
    const authorisation = authorisationIn(call, subject)
    const { customer } = namedCustomer(call)
    if (customer && subject.grantedBy !== null && customer.id !== subject.grantedBy)
      call.refuse('400-parameter-not-consistent', {
        reason: 'PSU-ID is not the customer the access token was granted by',
        path: 'PSU-ID',
      })
    checkInTime(call, authorisation)
    if (['finalised', 'failed'].includes(authorisation.status))
      call.refuse('409-status-invalid', { reason: `the authorisation is ${authorisation.status}` })
    if (customer && subject.authorisable) {
      signerOf(call, subject.authorisable)
      if (authorisation.psu !== null && authorisation.psu !== customer.id)
        call.refuse('400-parameter-not-consistent', {
          reason: 'the authorisation is another customer’s',
          path: 'PSU-ID',
        })
      if (authorisation.psu === null) Object.assign(authorisation, { psu: customer.id, status: 'psuIdentified' })
    }
    const { extra, links } = applyPsuData(call, authorisation, bodyOf(call))
    const self = bog.link(`${authorisationsPath(kind, subject.resource)}/${authorisation.id}`)
    const next = Object.fromEntries(links.map((name) => [name, self]))
    const body = { scaStatus: authorisation.status, ...extra, _links: { ...next, scaStatus: self } }
    return jsonAnswer(200, body, `authorisation is ${authorisation.status}`)
  }
