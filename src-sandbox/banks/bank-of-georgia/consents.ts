/** Consents: asked for, read back, watched and ended by the TPP. */
import { randomUUID } from 'node:crypto'
import { addDays, dayOf } from '#sandbox/bank/calendar.ts'
import { emptyAnswer, jsonAnswer } from '#sandbox/net/answer.ts'
import { scopeOfConsent, tokenOnceGranted } from './access-token.ts'
import type { BogCall, BogHandler } from './admission.ts'
import { newAuthorisation } from './authorisation-life.ts'
import type { Consent, ConsentAccess } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { referencesOf } from './consent-access.ts'
import { consentStatus } from './consent-status.ts'
import { bogCustomers, companySigners, findAccount, findCustomer, signersOf } from './customers.ts'
import { consentInPath } from './find-resource.ts'
import { longestConsentDays } from './life-times.ts'
import { namedCustomer } from './psu-headers.ts'
import { creationHeaders, creationLinks, resourcePath } from './resource-links.ts'

interface ConsentRequest {
  readonly access: ConsentAccess
  readonly recurringIndicator: boolean
  readonly validUntil: string
  readonly frequencyPerDay: number
  readonly combinedServiceIndicator: boolean
}

function checkRules(call: BogCall, request: ConsentRequest): void {
  if (request.combinedServiceIndicator)
    call.refuse('400-sessions-not-supported', {
      reason: 'the bank has no combined sessions',
      path: 'combinedServiceIndicator',
    })
  if (!request.recurringIndicator && request.frequencyPerDay !== 1)
    call.refuse('400-format-error', {
      reason: 'a consent for one access has frequencyPerDay 1',
      path: 'frequencyPerDay',
    })
  if (request.validUntil < dayOf(call.now))
    call.refuse('400-period-invalid', { reason: 'validUntil lies in the past', path: 'validUntil' })
  if (Object.keys(request.access).length === 0)
    call.refuse('400-format-error', { reason: 'access is empty', path: 'access' })
}

type Signers = Pick<Consent, 'eligible' | 'everyone'>

/** Holders of what the consent names; ends the request for what the bank does not keep. */
function holdersOf(call: BogCall, access: ConsentAccess): readonly string[][] {
  return referencesOf(access).map(({ iban, maskedPan }) => {
    const card = bogCustomers.filter(({ cards }) => cards.some((one) => one.maskedPan === maskedPan))
    const holders = findAccount(iban)?.holders ?? card.map(({ id }) => id)
    if (holders.length === 0)
      call.refuse('400-resource-unknown', {
        reason: `the bank keeps no account ${iban ?? maskedPan ?? ''}`,
        path: 'access',
      })
    return [...holders]
  })
}

function signersFor(call: BogCall, access: ConsentAccess): Signers {
  const { customer, company } = namedCustomer(call)
  const holders = holdersOf(call, access)
  const common = bogCustomers.map(({ id }) => id).filter((id) => holders.every((group) => group.includes(id)))
  if (common.length === 0)
    call.refuse('400-parameter-not-consistent', { reason: 'no customer holds all of these accounts', path: 'access' })
  const owned = referencesOf(access).flatMap(({ iban }) => {
    const account = findAccount(iban)
    return account ? signersOf(account) : []
  })
  if (customer && !common.includes(customer.id))
    call.refuse('400-resource-unknown', { reason: `${customer.name} does not hold these accounts`, path: 'access' })
  if (company !== null || owned.length > 0)
    return {
      eligible: company === null ? owned.filter((id, at) => owned.indexOf(id) === at) : companySigners(company),
      everyone: true,
    }
  return { eligible: customer ? [customer.id] : common, everyone: false }
}

export const wantsExplicitStart = (call: BogCall): boolean =>
  call.header('tpp-explicit-authorisation-preferred') === 'true'

export const createConsent =
  (bog: BogSurroundings): BogHandler =>
  (call) => {
    const request = JSON.parse(call.received.body.toString('utf8')) as ConsentRequest
    checkRules(call, request)
    const latest = addDays(dayOf(call.now), longestConsentDays)
    const redirectUri = call.header('tpp-redirect-uri') ?? null
    const consent: Consent = {
      ...signersFor(call, request.access),
      id: randomUUID(),
      createdAt: call.now,
      access: request.access,
      recurring: request.recurringIndicator,
      validUntil: request.validUntil > latest ? latest : request.validUntil,
      frequencyPerDay: request.frequencyPerDay,
      redirectUri,
      signedBy: [],
      signedAt: null,
      rejectedAt: null,
      lastActionDay: dayOf(call.now),
      replacedAt: null,
      deletedAt: null,
      revokedAt: null,
      unattended: { day: dayOf(call.now), reads: 0 },
      used: [],
    }
    call.state.consents[consent.id] = consent
    const psu = findCustomer(call.header('psu-id') ?? '')?.id ?? null
    const explicit = consent.everyone || wantsExplicitStart(call)
    const started = { kind: 'consent', resource: consent.id, psu, redirectUri, now: call.now } as const
    const authorisation = explicit ? null : newAuthorisation(call.state, started).id
    const body = {
      consentStatus: consentStatus(consent, call.now),
      consentId: consent.id,
      _links: creationLinks(bog, 'consent', { id: consent.id }, authorisation),
    }
    const headers = creationHeaders(bog, resourcePath({ id: consent.id }), call.header('tpp-notification-uri'))
    return jsonAnswer(201, body, `consent ${consent.id} until ${consent.validUntil}`, headers)
  }

function consentOf(bog: BogSurroundings, call: BogCall): Consent {
  const consent = consentInPath(bog, call)
  tokenOnceGranted(call, scopeOfConsent(consent.id))
  return consent
}

export const getConsent =
  (bog: BogSurroundings): BogHandler =>
  (call) => {
    const consent = consentOf(bog, call)
    const status = consentStatus(consent, call.now)
    const valid = status === 'valid' ? { account: bog.link('/v1/accounts') } : {}
    const body = {
      access: consent.access,
      recurringIndicator: consent.recurring,
      validUntil: consent.validUntil,
      frequencyPerDay: consent.frequencyPerDay,
      lastActionDate: consent.lastActionDay,
      consentStatus: status,
      _links: { self: bog.link(resourcePath({ id: consent.id })), ...valid },
    }
    return jsonAnswer(200, body, `consent is ${status}`)
  }

export const getConsentStatus =
  (bog: BogSurroundings): BogHandler =>
  (call) => {
    const status = consentStatus(consentOf(bog, call), call.now)
    return jsonAnswer(200, { consentStatus: status }, `consent is ${status}`)
  }

export const deleteConsent =
  (bog: BogSurroundings): BogHandler =>
  (call) => {
    const consent = consentOf(bog, call)
    const status = consentStatus(consent, call.now)
    // What has ended already keeps the reason it ended for.
    if (['received', 'partiallyAuthorised', 'valid'].includes(status)) {
      consent.deletedAt = call.now
      consent.lastActionDay = dayOf(call.now)
    }
    return emptyAnswer(204, `consent was ${status} and is ended`)
  }
