/** Consents for funds confirmation: create, read, follow, end. */
import { randomUUID } from 'node:crypto'
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { emptyAnswer, headerOf, jsonAnswer } from '#sandbox/net/answer.ts'
import { authorisePath } from './authorise-page.ts'
import { isFinal, standingOf } from './consent-standing.ts'
import { customerField, demoBank } from './customers.ts'
import type { Consent } from './salt-edge-state.ts'
import type { SaltEdgeSurroundings, SignedCall } from './salt-edge-surroundings.ts'

const badRequest = 'salt-edge-bad-request'
const mostConsents = 500

/** @returns the return address, or null where the TPP wants no redirect. */
function redirectOf(bank: SaltEdgeSurroundings, { call }: SignedCall): string | null {
  const preferred = headerOf(call.received, 'tpp-redirect-preferred')
  if (preferred !== 'true' && preferred !== 'false')
    return bank.refuse(
      badRequest,
      `TPP-Redirect-Preferred is ${JSON.stringify(preferred ?? 'missing')}, not true or false`,
    )
  const uri = headerOf(call.received, 'tpp-redirect-uri')
  if (preferred === 'true' && !uri)
    bank.refuse(badRequest, 'TPP-Redirect-Preferred is true and there is no TPP-Redirect-URI')
  if (uri && !/^https?:$/.test(URL.parse(uri)?.protocol ?? ''))
    bank.refuse(badRequest, `TPP-Redirect-URI ${JSON.stringify(uri)} is no address of the web`)
  return preferred === 'true' ? (uri ?? null) : null
}

function checkBody(bank: SaltEdgeSurroundings, { call }: SignedCall): Consent['content'] {
  const [finding] = bank.findings(call)
  if (finding) bank.refuse(badRequest, finding)
  return JSON.parse(call.received.body.toString('utf8')) as Consent['content']
}

function keep(consents: Record<string, Consent>, consent: Consent): void {
  const ids = Object.keys(consents)
  if (ids.length >= mostConsents) delete consents[ids[0] ?? '']
  consents[consent.id] = consent
}

export const createConsent = (bank: SaltEdgeSurroundings): OperationHandler =>
  bank.signed((signed) => {
    const { call, state, provider, now } = signed
    const redirectUri = redirectOf(bank, signed)
    const content = checkBody(bank, signed)
    if (provider !== demoBank) bank.refuse(badRequest, `there is no bank ${JSON.stringify(provider)} behind Salt Edge`)
    const consent: Consent = {
      id: randomUUID(),
      authorisationId: randomUUID(),
      provider,
      content,
      psuId: headerOf(call.received, customerField.toLowerCase()) ?? null,
      redirectUri,
      createdAt: now,
      openedAt: null,
      decisions: [],
      revokedAt: null,
      endedAt: null,
    }
    keep(state.consents, consent)
    const self = `${call.received.path}/${consent.id}`
    const page = `${bank.baseUrl('pages')}${authorisePath}?consent=${consent.id}`
    const links = {
      ...(redirectUri === null ? {} : { scaRedirect: { href: page } }),
      self: { href: self },
      status: { href: `${self}/status` },
      scaStatus: { href: `${self}/authorisations/${consent.authorisationId}` },
    }
    return jsonAnswer(
      201,
      { consentStatus: 'accepted', consentId: consent.id, _links: links },
      `consent ${consent.id} taken, on its way to the bank`,
    )
  })

/** @param id as the client sent it. */
export function consentOf(bank: SaltEdgeSurroundings, { state, provider }: SignedCall, id: string): Consent {
  const consent = Object.hasOwn(state.consents, id) ? state.consents[id] : undefined
  if (!consent) return bank.refuse('salt-edge-consent-unknown', `this TPP has no consent ${JSON.stringify(id)}`)
  if (consent.provider !== provider)
    return bank.refuse('salt-edge-consent-unknown', `the consent was given at ${consent.provider}, not at ${provider}`)
  return consent
}

const consentInPath = (bank: SaltEdgeSurroundings, signed: SignedCall): Consent =>
  consentOf(bank, signed, signed.call.operation.parameters.consent_id ?? '')

export const getConsent = (bank: SaltEdgeSurroundings): OperationHandler =>
  bank.signed((signed) => {
    const consent = consentInPath(bank, signed)
    const { consentStatus } = standingOf(consent, signed.now)
    return jsonAnswer(200, { ...consent.content, consentStatus }, `consent ${consent.id} is ${consentStatus}`)
  })

export const getConsentStatus = (bank: SaltEdgeSurroundings): OperationHandler =>
  bank.signed((signed) => {
    const consent = consentInPath(bank, signed)
    const { consentStatus } = standingOf(consent, signed.now)
    return jsonAnswer(200, { consentStatus }, `consent ${consent.id} is ${consentStatus}`)
  })

export const getAuthorisation = (bank: SaltEdgeSurroundings): OperationHandler =>
  bank.signed((signed) => {
    const consent = consentInPath(bank, signed)
    const id = signed.call.operation.parameters.authorisation_id ?? ''
    if (id !== consent.authorisationId)
      bank.refuse('salt-edge-resource-unknown', `consent ${consent.id} has no authorisation ${JSON.stringify(id)}`)
    const { scaStatus } = standingOf(consent, signed.now)
    return jsonAnswer(200, { scaStatus }, `the authorisation of consent ${consent.id} is ${scaStatus}`)
  })

export const deleteConsent = (bank: SaltEdgeSurroundings): OperationHandler =>
  bank.signed((signed) => {
    const consent = consentInPath(bank, signed)
    const { consentStatus } = standingOf(consent, signed.now)
    if (isFinal(consentStatus)) bank.refuse('salt-edge-consent-invalid', `the consent has ended: ${consentStatus}`)
    consent.endedAt = signed.now
    return emptyAnswer(204, `consent ${consent.id} ended; it was ${consentStatus}`)
  })
