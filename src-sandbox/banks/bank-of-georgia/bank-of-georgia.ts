/** The simulated Bank of Georgia: which operation is answered by what. */
import { stylesheetAnswer } from '#sandbox/bank/page.ts'
import type { BankSurroundings, PlainCall, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import type { Answer, Received } from '#sandbox/net/answer.ts'
import { listAccounts, readAccount, readBalances } from './accounts.ts'
import { type Admission, admitted, type BogHandler } from './admission.ts'
import { listAuthorisations, readAuthorisation, startAuthorisation, updateAuthorisation } from './authorisations.ts'
import { authorizeEndpoint } from './authorize.ts'
import { stylesheetPath } from './authorize-page.ts'
import { bogBankId, type ResourceKind, resetBogState } from './bog-state.ts'
import {
  type Area,
  authorizePath,
  type BogSurroundings,
  bogSurroundings,
  bogSwitches,
  metadataPath,
  tokenPath,
} from './bog-surroundings.ts'
import { createConsent, deleteConsent, getConsent, getConsentStatus } from './consents.ts'
import { bogCustomers, publicCustomers } from './customers.ts'
import { consentsPath, revokeConsent, showConsents } from './own-consents.ts'
import { cancelPayment } from './payment-cancellation.ts'
import { checkPaymentPath, initiatePayment, readPayment, readPaymentStatus } from './payments.ts'
import { listProducts } from './products.ts'
import { savedBogPart } from './saved-part.ts'
import { serverMetadata } from './server-metadata.ts'
import { showBogState } from './state-view.ts'
import { tokenEndpoint } from './token.ts'
import { tppErrors } from './tpp-errors.ts'
import { listTransactions, readTransaction, transactionQuery } from './transactions.ts'

type Handler = (bog: BogSurroundings) => BogHandler

const authorisationsOf = (kind: ResourceKind): readonly Handler[] =>
  [startAuthorisation, listAuthorisations, readAuthorisation, updateAuthorisation].map(
    (make) => (bog: BogSurroundings) => make(bog, kind),
  )

function authorisationOperations(bog: BogSurroundings, name: string, kind: ResourceKind, admission: Admission) {
  const steps = ['start', 'list', 'status', 'update']
  const handlers = authorisationsOf(kind)
  return Object.fromEntries(
    handlers.map((handler, index) => [`bog-${name}-${steps[index]}`, admitted(bog, admission, handler(bog))]),
  )
}

function operationsOf(bog: BogSurroundings): SimulatedBank['operations'] {
  const payment: Admission = { area: 'pis', path: checkPaymentPath(bog) }
  const consent: Admission = { area: 'ais' }
  const withBalance: Admission = { area: 'ais', query: ['withBalance'] }
  const entries: Admission = { area: 'ais', query: transactionQuery }
  return {
    'bog-payment-initiate': admitted(bog, payment, initiatePayment(bog)),
    'bog-payment-get': admitted(bog, payment, readPayment(bog)),
    'bog-payment-cancel': admitted(bog, payment, cancelPayment(bog)),
    'bog-payment-status': admitted(bog, payment, readPaymentStatus(bog)),
    ...authorisationOperations(bog, 'payment-authorisation', 'payment', payment),
    ...authorisationOperations(bog, 'payment-cancellation-authorisation', 'cancellation', payment),
    'bog-accounts-list': admitted(bog, withBalance, listAccounts(bog)),
    'bog-account-details': admitted(bog, withBalance, readAccount(bog)),
    'bog-account-balances': admitted(bog, consent, readBalances(bog)),
    'bog-account-transactions': admitted(bog, entries, listTransactions(bog)),
    'bog-account-transaction-details': admitted(bog, consent, readTransaction(bog)),
    'bog-consent-create': admitted(bog, consent, createConsent(bog)),
    'bog-consent-get': admitted(bog, consent, getConsent(bog)),
    'bog-consent-delete': admitted(bog, consent, deleteConsent(bog)),
    'bog-consent-status': admitted(bog, consent, getConsentStatus(bog)),
    ...authorisationOperations(bog, 'consent-authorisation', 'consent', consent),
    'bog-products-list': listProducts(null),
    'bog-products-deposits': listProducts('TERM_DEPOSITS'),
    'bog-products-personal-loans': listProducts('PERS_LOANS'),
  }
}

/** Paths there are, with methods they do not have. */
function areaOf(path: string): Area | null {
  if (/\/v1\/(accounts|consents)(\/|$)/.test(path)) return 'ais'
  return /\/v1\/(payments|bulk-payments|periodic-payments)\//.test(path) ? 'pis' : null
}

function behindLink(bog: BogSurroundings, call: PlainCall): Answer | null {
  const { method, path } = call.received
  if (path === metadataPath && method === 'GET') return serverMetadata(bog)
  if (path === tokenPath && method === 'POST') return tokenEndpoint(bog, call)
  const area = areaOf(path)
  return area ? bog.refuse(area, '405-service-invalid', { reason: `${method} is not offered here` }, call) : null
}

export function bankOfGeorgia(surroundings: BankSurroundings): SimulatedBank {
  const bog = bogSurroundings(surroundings)
  const { show, decide } = authorizeEndpoint(bog)
  return {
    id: bogBankId,
    // The authorisation server's address is that of its metadata.
    prefixes: { xs2a: '/psd2', 'authorization-server': metadataPath },
    customers: publicCustomers,
    switches: bogSwitches,
    operations: operationsOf(bog),
    pages: {
      [`GET ${authorizePath}`]: show,
      [`POST ${authorizePath}`]: decide,
      [`GET ${consentsPath}`]: showConsents(bog),
      [`POST ${consentsPath}`]: revokeConsent(bog),
      [`GET ${stylesheetPath}`]: stylesheetAnswer,
    },
    behindLink: (call) => behindLink(bog, call),
    canonicalPath: (path) => path,
    notFound: (received: Received) => {
      const row = 'bog-ais-404-resource-unknown'
      return tppErrors(bog.rows.read(row), row, { reason: 'there is nothing here' }, { received })
    },
    // A certificate is enough: the bank has no portal.
    upload: () => undefined,
    reset: resetBogState,
    show: showBogState,
    saved: savedBogPart,
    alwaysDenies: (name) => bogCustomers.some((one) => one.name === name && one.alwaysDenies),
  }
}
