/** The simulated ICA Banken: which operation is answered by what. */
import { stylesheetAnswer } from '#sandbox/bank/page.ts'
import type { BankSurroundings, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { accountBalances, accountDetails, accountList } from './accounts.ts'
import { authorizeEndpoint } from './authorize.ts'
import { authorizePath, stylesheetPath } from './authorize-page.ts'
import { createBasket, getBasket, signBasket } from './baskets.ts'
import { icaCustomers, publicCustomers } from './customers.ts'
import { confirmFunds } from './funds-confirmation.ts'
import { icaBankId, icaStateOf, resetIcaState } from './ica-state.ts'
import { icaSurroundings, icaSwitches } from './ica-surroundings.ts'
import { createPayment, deletePayment, getPayment, getPaymentStatus } from './payments.ts'
import { registration } from './registration.ts'
import { savedIcaPart } from './saved-part.ts'
import { showIcaState } from './state-view.ts'
import { tokenEndpoint } from './token.ts'
import { transactionDetails, transactionList, transactionPages } from './transactions.ts'

/** A portal holds the certificates of a few renewals, not of a whole workshop season. */
const mostUploads = 50

/** Payments are printed with `status`, mandates with `Status`; both spellings are taken for both. */
const canonicalPath = (path: string): string =>
  path.replace(/^(\/Payments\/.*\/)status$/i, '$1status').replace(/^(\/PeriodicPayments\/.*\/)status$/i, '$1Status')

export function icaBanken(surroundings: BankSurroundings): SimulatedBank {
  const ica = icaSurroundings(surroundings)
  const { show, decide } = authorizeEndpoint(ica)
  return {
    id: icaBankId,
    prefixes: { resource: '/t/icabanken.tenant/psd2/1.0.0' },
    customers: publicCustomers,
    switches: icaSwitches,
    operations: {
      'ica-register-client': registration(ica),
      'ica-oauth-authorize': show,
      'ica-oauth-token': tokenEndpoint(ica),
      'ica-accounts-list': accountList(ica),
      'ica-account-details': accountDetails(ica),
      'ica-account-balances': accountBalances(ica),
      'ica-account-transactions': transactionList(ica),
      'ica-account-transactions-paginated': transactionPages(ica),
      'ica-account-transaction-details': transactionDetails(ica),
      'ica-funds-confirmation': confirmFunds(ica),
      'ica-payment-create': createPayment(ica, 'single'),
      'ica-payment-get': getPayment(ica, 'single'),
      'ica-payment-delete': deletePayment(ica, 'single'),
      'ica-payment-status': getPaymentStatus(ica, 'single'),
      'ica-periodic-payment-create': createPayment(ica, 'periodic'),
      'ica-periodic-payment-get': getPayment(ica, 'periodic'),
      'ica-periodic-payment-delete': deletePayment(ica, 'periodic'),
      'ica-periodic-payment-status': getPaymentStatus(ica, 'periodic'),
      'ica-signing-basket-create': createBasket(ica),
      'ica-signing-basket-get': getBasket(ica),
      'ica-signing-basket-sign': signBasket(ica),
    },
    pages: {
      [`POST ${authorizePath}`]: decide,
      [`GET ${stylesheetPath}`]: stylesheetAnswer,
    },
    canonicalPath,
    notFound: ({ method, path }) =>
      jsonAnswer(
        404,
        { title: 'Not found', code: 'NOT_FOUND', detail: 'There is nothing here.' },
        `no operation ${method} ${path}`,
      ),
    upload: (tenant, sha256) => {
      const state = icaStateOf(tenant)
      state.uploads = [...state.uploads.filter((known) => known !== sha256), sha256].slice(-mostUploads)
    },
    reset: resetIcaState,
    show: showIcaState,
    saved: savedIcaPart,
    alwaysDenies: (name) => icaCustomers.some((one) => one.name === name && one.alwaysDenies),
  }
}
