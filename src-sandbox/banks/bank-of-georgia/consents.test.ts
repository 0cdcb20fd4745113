import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BogBench, openBogBench } from '#sandbox/testing/bog-bench.ts'
import {
  accountNumber,
  consentBody,
  consentDesk,
  inDays,
  newConsent,
  nino,
  signers,
} from '#sandbox/testing/bog-desk.ts'
import type { BogTpp } from '#sandbox/testing/bog-tpp.ts'
import { companyId } from './customers.ts'

let bench: BogBench
let tpp: BogTpp
beforeAll(async () => {
  bench = await openBogBench()
  tpp = await bench.tpp()
})
afterAll(() => bench.close())

const statusOf = async (client: BogTpp, consentId: string, token?: string) =>
  (await client.call('bog-consent-status', { parameters: { consentId }, ...(token ? { token } : {}) })).json
    .consentStatus

describe('a consent', () => {
  it('is received with the links and headers of the framework', async () => {
    const { json, headers } = await tpp.call('bog-consent-create', {
      body: consentBody(),
      headers: { 'tpp-notification-uri': 'https://tpp.example/n' },
    })
    const id = String(json.consentId)
    const origin = new URL(bench.sandbox.running.banks[0]?.urls['authorization-server'] ?? '').origin
    expect(json).toMatchObject({
      consentStatus: 'received',
      _links: {
        scaOAuth: { href: `${origin}/.well-known/oauth-authorization-server` },
        self: { href: `/psd2/v1/consents/${id}` },
        status: { href: `/psd2/v1/consents/${id}/status` },
        scaStatus: { href: expect.stringMatching(`^/psd2/v1/consents/${id}/authorisations/[0-9a-f-]{36}$`) },
      },
    })
    expect(headers).toMatchObject({
      location: `/psd2/v1/consents/${id}`,
      'aspsp-sca-approach': 'REDIRECT',
      'aspsp-notification-support': 'false',
    })
    const { href } = (json._links as Record<string, { href: string }>).scaStatus ?? { href: '' }
    const watched = await tpp.raw({
      method: 'GET',
      path: href,
      headers: { 'x-request-id': '9b45fa6c-ff61-4e73-aec8-5e805388ce7f' },
    })
    expect(watched.json).toEqual({ scaStatus: 'received' })
  })

  it('becomes valid, is adjusted, and ends when it is deleted', async () => {
    const { id, token, read } = await consentDesk(tpp, nino, consentBody([1], { validUntil: '9999-12-31' }))
    const parameters = { consentId: id }
    const { json } = await tpp.call('bog-consent-get', { parameters, token })
    expect(json).toMatchObject({ consentStatus: 'valid', validUntil: inDays(180), recurringIndicator: true })
    expect((await read('bog-accounts-list')).status).toBe(200)
    expect((await tpp.call('bog-consent-delete', { parameters, token })).status).toBe(204)
    expect(await statusOf(tpp, id, token)).toBe('terminatedByTpp')
    const after = await read('bog-accounts-list')
    expect(after).toMatchObject({ status: 401, json: { tppMessages: [{ code: 'CONSENT_INVALID' }] } })
  })

  it('needs its token once there is one', async () => {
    const { id } = await consentDesk(tpp)
    const answer = await tpp.call('bog-consent-status', { parameters: { consentId: id } })
    expect(answer.json).toMatchObject({ tppMessages: [{ code: 'TOKEN_UNKNOWN' }] })
  })

  it('is rejected by the customer, and by the one who always declines', async () => {
    const denied = await newConsent(tpp)
    expect((await tpp.authorise(`AIS:${denied}`, nino, 'deny')).error).toBe('access_denied')
    expect(await statusOf(tpp, denied)).toBe('rejected')
    const never = await newConsent(tpp, consentBody([5]))
    expect((await tpp.authorise(`AIS:${never}`, 'davit.uarashvili')).error).toBe('access_denied')
    expect(await statusOf(tpp, never)).toBe('rejected')
  })

  it('that recurs ends the former one of the same customer', async () => {
    const own = await bench.tpp()
    const former = await consentDesk(own)
    const other = await consentDesk(own, 'ana.kapanadze', consentBody([4]))
    const once = await consentDesk(own, nino, consentBody([1], { recurringIndicator: false, frequencyPerDay: 1 }))
    expect(await statusOf(own, former.id, former.token)).toBe('valid')
    await consentDesk(own)
    expect(await statusOf(own, former.id, former.token)).toBe('expired')
    expect(await statusOf(own, other.id, other.token)).toBe('valid')
    expect(await statusOf(own, once.id, once.token)).toBe('valid')
  })

  it('runs out after its last day', async () => {
    const own = await bench.tpp()
    const { id, token, refresh } = await consentDesk(own, nino, consentBody([1], { validUntil: inDays(1) }))
    await own.moveClock(86_400)
    const renewed = await own.token({ grant_type: 'refresh_token', refresh_token: refresh })
    expect(await statusOf(own, id, String(renewed.json.access_token))).toBe('valid')
    await own.moveClock(2 * 86_400)
    const late = await own.call('bog-accounts-list', { token, headers: { 'consent-id': id } })
    expect(late.json).toMatchObject({ tppMessages: [{ code: 'CONSENT_EXPIRED' }] })
  })

  it('is taken back by the customer at the bank', async () => {
    const own = await bench.tpp()
    const { id, token, read } = await consentDesk(own)
    const url = `${bench.sandbox.running.banks[0]?.urls.pages}/consents?client_id=${own.organizationIdentifier}`
    const act = (psu: string) => bench.control.send('POST', '/banks/bank-of-georgia/psu', { url, psu, method: id })
    expect((await act('Ana Kapanadze')).status).toBe(409)
    expect(await statusOf(own, id, token)).toBe('valid')
    expect(await act('Nino Beridze')).toMatchObject({ status: 200, json: { callbackStatus: 200 } })
    expect(await statusOf(own, id, token)).toBe('revokedByPsu')
    expect((await read('bog-accounts-list')).json).toMatchObject({ tppMessages: [{ code: 'CONSENT_INVALID' }] })
  })

  it('for one access gives each address once', async () => {
    const body = consentBody([1], { recurringIndicator: false, frequencyPerDay: 1 })
    const { read } = await consentDesk(tpp, nino, body)
    expect((await read('bog-accounts-list')).status).toBe(200)
    const parameters = { 'account-id': accountNumber(1).resourceId }
    expect((await read('bog-account-balances', { parameters })).status).toBe(200)
    expect((await read('bog-accounts-list')).json).toMatchObject({ tppMessages: [{ code: 'CONSENT_INVALID' }] })
  })
})

describe('a company’s consent', () => {
  it('is partially authorised until the last of three signers', async () => {
    const own = await bench.tpp()
    const { json, status } = await own.call('bog-consent-create', {
      body: consentBody([7]),
      headers: { 'psu-corporate-id': companyId },
    })
    expect(status).toBe(201)
    const links = json._links as Record<string, unknown>
    expect(Object.keys(links).sort()).toEqual(['self', 'startAuthorisation', 'status'])
    const parameters = { consentId: String(json.consentId) }
    const seen: unknown[] = []
    let token = ''
    for (const psu of signers) {
      const started = await own.call('bog-consent-authorisation-start', {
        parameters,
        headers: { 'psu-id': psu, 'psu-corporate-id': companyId },
      })
      expect(started).toMatchObject({ status: 201, json: { scaStatus: 'psuIdentified' } })
      token = (await own.authorise(`AIS:${parameters.consentId}`, psu)).access
      seen.push(await statusOf(own, parameters.consentId, token))
    }
    expect(seen).toEqual(['partiallyAuthorised', 'partiallyAuthorised', 'valid'])
    const list = await own.call('bog-consent-authorisation-list', { parameters, token })
    expect(list.json.authorisationIds).toHaveLength(3)
  })
})

describe('the data of a customer', () => {
  it('moves an authorisation on, step by step', async () => {
    const { json } = await tpp.call('bog-consent-create', {
      body: consentBody(),
      headers: { 'tpp-explicit-authorisation-preferred': 'true' },
    })
    const consentId = String(json.consentId)
    const started = await tpp.call('bog-consent-authorisation-start', { parameters: { consentId } })
    const parameters = { consentId, authorisationId: String(started.json.authorisationId) }
    const update = async (body: object, headers = {}) =>
      (await tpp.call('bog-consent-authorisation-update', { parameters, body, headers })).json
    expect(await update({}, { 'psu-id': nino })).toMatchObject({ scaStatus: 'psuIdentified' })
    expect(await update({ psuData: { password: 'sandbox' } })).toMatchObject({
      scaStatus: 'psuAuthenticated',
      scaMethods: [{ authenticationMethodId: 'mobile-bank' }, { authenticationMethodId: 'sms' }],
    })
    expect(await update({ authenticationMethodId: 'sms' })).toMatchObject({ scaStatus: 'scaMethodSelected' })
    expect(await update({ scaAuthenticationData: '246810' })).toMatchObject({ scaStatus: 'finalised' })
    const status = await tpp.call('bog-consent-authorisation-status', { parameters })
    expect(status.json).toEqual({ scaStatus: 'finalised' })
    expect(await statusOf(tpp, consentId)).toBe('valid')
  })
})
