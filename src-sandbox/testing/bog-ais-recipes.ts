/** What a client does wrong to be answered with each row of Bank of Georgia's account errors. */
import { randomUUID } from 'node:crypto'
import { findCustomer } from '#sandbox/banks/bank-of-georgia/customers.ts'
import type { BogBench } from './bog-bench.ts'
import { accountNumber, bogPaymentDesk, consentBody, consentDesk, inDays, newConsent, nino } from './bog-desk.ts'
import type { BogRecipe } from './bog-pis-recipes.ts'
import type { BogCallOptions, BogTpp } from './bog-tpp.ts'
import type { TestAnswer } from './test-exchange.ts'

const day = 86_400

const create = (tpp: BogTpp, body: object = consentBody(), options: BogCallOptions = {}): Promise<TestAnswer> =>
  tpp.call('bog-consent-create', { body, ...options })

const withHeaders =
  (headers: Readonly<Record<string, string>>): BogRecipe =>
  (_bench, tpp) =>
    create(tpp, consentBody(), { headers })

const withCertificate =
  (wanted: Parameters<BogBench['tpp']>[0], roles?: Parameters<BogBench['tpp']>[1]): BogRecipe =>
  async (bench) =>
    create(await bench.tpp(wanted, roles))

/** A read with a good consent of Nino's for these accounts. */
const read =
  (operation: string, options: BogCallOptions, body: object = consentBody()): BogRecipe =>
  async (_bench, tpp) =>
    (await consentDesk(tpp, nino, body)).read(operation, options)

const of = (number: number) => ({ 'account-id': accountNumber(number).resourceId })
const entries = (query: Readonly<Record<string, string>>): BogRecipe =>
  read('bog-account-transactions', { parameters: of(1), query: { bookingStatus: 'both', ...query } })

const update =
  (body: object): BogRecipe =>
  async (_bench, tpp) => {
    const consentId = await newConsent(tpp)
    const { json } = await tpp.call('bog-consent-authorisation-start', {
      parameters: { consentId },
      headers: { 'psu-id': nino },
    })
    const parameters = { consentId, authorisationId: String(json.authorisationId) }
    return tpp.call('bog-consent-authorisation-update', { parameters, body })
  }

async function firstAuthorisation(tpp: BogTpp, consentId: string, token?: string) {
  const { json } = await tpp.call('bog-consent-authorisation-list', {
    parameters: { consentId },
    ...(token ? { token } : {}),
  })
  return { consentId, authorisationId: (json.authorisationIds as string[])[0] ?? '' }
}

const balancesOnly = { access: { balances: [{ iban: accountNumber(1).iban }] } }

export const aisRecipes: Readonly<Record<string, BogRecipe>> = {
  '400-format-error': read('bog-accounts-list', { headers: { 'x-request-id': null } }),
  '400-parameter-not-consistent': entries({ dateFrom: inDays(-1), dateTo: inDays(-5) }),
  '400-parameter-not-supported': entries({ deltaList: 'true' }),
  '400-service-invalid': read('bog-account-balances', {
    parameters: { 'account-id': findCustomer(nino)?.cards[0]?.resourceId ?? '' },
  }),
  '400-resource-unknown': (_bench, tpp) =>
    create(tpp, consentBody([], { access: { balances: [{ iban: 'GE00BG0000000000000000' }] } })),
  '400-resource-expired': async (_bench, tpp) => {
    const consentId = await newConsent(tpp)
    await tpp.moveClock(day + 1)
    return tpp.call('bog-consent-authorisation-start', { parameters: { consentId } })
  },
  '400-resource-blocked': read('bog-account-balances', { parameters: of(3) }),
  '400-timestamp-invalid': (_bench, tpp) =>
    create(tpp, consentBody(), {
      headers: { date: new Date(Date.now() - 2 * 3_600_000).toUTCString() },
      sign: {},
    }),
  '400-period-invalid': entries({ dateFrom: '1990-01-01' }),
  '400-sca-method-unknown': update({ authenticationMethodId: 'nope' }),
  '400-sca-invalid': update({ scaAuthenticationData: '000000' }),
  '400-consent-unknown': read('bog-accounts-list', { headers: { 'consent-id': 'unknown' } }),
  '400-sessions-not-supported': (_bench, tpp) => create(tpp, consentBody([1], { combinedServiceIndicator: true })),
  '401-certificate-invalid': withCertificate({}, []),
  '401-role-invalid': withCertificate({}, ['PSP_PI']),
  '401-certificate-expired': async (bench) => {
    const late = await bench.tpp({ profile: 'expired' })
    return late.call('bog-accounts-list', { token: randomUUID(), headers: { 'consent-id': randomUUID() } })
  },
  '401-certificate-blocked': withCertificate({ profile: 'blocked' }),
  '401-certificate-revoke': withCertificate({ profile: 'revoked' }),
  '401-certificate-missing': (bench) => create(bench.open(null)),
  '401-signature-invalid': read('bog-accounts-list', {
    sign: {},
    tamper: { headers: { 'x-request-id': randomUUID() } },
  }),
  '401-signature-missing': async (_bench, tpp) => {
    await create(tpp)
    await tpp.switchOn('signature-mandatory')
    return create(tpp)
  },
  '401-corporate-id-invalid': withHeaders({ 'psu-corporate-id': '0' }),
  '401-psu-credentials-invalid': withHeaders({ 'psu-id': 'nobody' }),
  '401-consent-invalid': read(
    'bog-account-transactions',
    { parameters: of(1), query: { bookingStatus: 'both', dateFrom: inDays(-5) } },
    consentBody([], balancesOnly),
  ),
  '401-consent-expired': async (_bench, tpp) => {
    const former = await consentDesk(tpp)
    await consentDesk(tpp)
    return former.read('bog-accounts-list')
  },
  '401-token-unknown': read('bog-accounts-list', { token: randomUUID() }),
  '401-token-invalid': async (_bench, tpp) => {
    const { token } = await bogPaymentDesk(tpp)
    return (await consentDesk(tpp)).read('bog-accounts-list', { token })
  },
  '401-token-expired': async (_bench, tpp) => {
    const consent = await consentDesk(tpp)
    await tpp.moveClock(601)
    return consent.read('bog-accounts-list')
  },
  '403-consent-unknown': async (bench, tpp) => {
    const consentId = await newConsent(await bench.tpp())
    return tpp.call('bog-consent-get', { parameters: { consentId } })
  },
  '403-service-blocked': async (_bench, tpp) =>
    (await consentDesk(tpp, 'zurab.chkheidze', consentBody([6]))).read('bog-accounts-list'),
  '403-resource-unknown': read('bog-account-details', { parameters: of(2) }, consentBody([1])),
  '403-resource-expired': async (_bench, tpp) => {
    const parameters = await firstAuthorisation(tpp, await newConsent(tpp))
    await tpp.moveClock(3601)
    return tpp.call('bog-consent-authorisation-status', { parameters })
  },
  '404-resource-unknown': read('bog-account-details', { parameters: { 'account-id': 'unknown' } }),
  '405-service-invalid': read('bog-account-details', { parameters: of(1), method: 'DELETE' }),
  '406-requested-formats-invalid': read('bog-account-transactions', {
    parameters: of(1),
    query: { bookingStatus: 'booked', dateFrom: inDays(-5) },
    headers: { accept: 'text/csv' },
  }),
  '409-status-invalid': async (_bench, tpp) => {
    const { id, token } = await consentDesk(tpp)
    const parameters = await firstAuthorisation(tpp, id, token)
    return tpp.call('bog-consent-authorisation-update', { parameters, token, body: {} })
  },
  '429-access-exceeded': async (_bench, tpp) => {
    const { read: again } = await consentDesk(tpp)
    const options = { parameters: of(1), headers: { 'psu-ip-address': null } }
    for (let count = 0; count < 4; count += 1)
      if ((await again('bog-account-balances', options)).status !== 200) throw new Error(`Read ${count + 1} failed.`)
    return again('bog-account-balances', options)
  },
}
