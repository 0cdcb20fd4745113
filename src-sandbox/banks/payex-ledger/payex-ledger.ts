/** The simulated PayEx ledger: which operation is answered by what. */
import { stylesheetAnswer } from '#sandbox/bank/page.ts'
import type { BankSurroundings, OperationHandler, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import { createApplication, getAnswers, getApplication, postAnswers, verifyApplication } from './applications.ts'
import { cancelOrder, createOrder, pollOrder } from './bankid-orders.ts'
import { curityPages } from './curity-pages.ts'
import { payexCustomers } from './customers.ts'
import { cancelPreAuthorization, redirectBack } from './ending.ts'
import { beginDanish, beginNorwegian, beginSwedish, verifySwedish, verifyWithCode } from './identification.ts'
import { kalpPages } from './kalp-page.ts'
import { stylesheetPath } from './page-paths.ts'
import { type ApplicationKind, payexBankId, resetPayexState } from './payex-state.ts'
import { type PayexSurroundings, payexSurroundings, payexSwitches } from './payex-surroundings.ts'
import { plainPages } from './plain-pages.ts'
import { savedPayexPart } from './saved-part.ts'
import { beginSignOnDevice, beginSignOnPage, redirectToKalp } from './signing.ts'
import { signingPages } from './signing-pages.ts'
import { showPayexState } from './state-view.ts'
import { standingToken, tokenOf } from './token.ts'
import { tokenPages } from './token-page.ts'

/** The twelve operations of one kind of application. */
const applicationOperations = (
  payex: PayexSurroundings,
  kind: ApplicationKind,
  prefix: string,
): Readonly<Record<string, OperationHandler>> => ({
  [`${prefix}-get`]: getApplication(payex, kind),
  [`${prefix}-create`]: createApplication(payex, kind),
  [`${prefix}-kyc-answers-get`]: getAnswers(payex, kind),
  [`${prefix}-kyc-answers-create`]: postAnswers(payex, kind),
  [`${prefix}-verify`]: verifyApplication(payex, kind),
  [`${prefix}-begin-sign-bankid-se`]: beginSignOnDevice(payex, kind),
  [`${prefix}-begin-sign-bankid-no`]: beginSignOnPage(payex, kind, 'begin-sign-bankid-no'),
  [`${prefix}-begin-sign-mitid-dk`]: beginSignOnPage(payex, kind, 'begin-sign-mitid-dk'),
  [`${prefix}-redirect-kalp-dk`]: redirectToKalp(payex, kind),
  [`${prefix}-sign-bankid-se-poll`]: pollOrder(payex, kind),
  [`${prefix}-sign-bankid-se-create`]: createOrder(payex, kind),
  [`${prefix}-sign-bankid-se-cancel`]: cancelOrder(payex, kind),
})

/** With the token each customer always has; the page for tokens gives further ones. */
const publicCustomers: readonly SandboxCustomer[] = payexCustomers.map(({ name, key, ledger, about }) => ({
  name,
  parameters: { customer: key, ownerNo: ledger, token: standingToken(key) },
  about,
}))

export function payexLedger(surroundings: BankSurroundings): SimulatedBank {
  const payex = payexSurroundings(surroundings)
  return {
    id: payexBankId,
    prefixes: {},
    customers: publicCustomers,
    switches: payexSwitches,
    operations: {
      'payex-begin-bankid-se-authentication': beginSwedish(payex),
      'payex-begin-bankid-no-authentication': beginNorwegian(payex),
      'payex-begin-mitid-dk-authentication': beginDanish(payex),
      'payex-verify-authentication': verifySwedish(payex),
      'payex-verify-bankid-no-authentication': verifyWithCode(payex, 'NO'),
      'payex-verify-mitid-dk-authentication': verifyWithCode(payex, 'DK'),
      ...applicationOperations(payex, 'account-applications', 'payex-account-application'),
      ...applicationOperations(payex, 'limit-upgrade-applications', 'payex-limit-upgrade'),
      'payex-redirect-back': redirectBack(payex),
      'payex-cancel-pre-authorization': cancelPreAuthorization(payex),
    },
    pages: {
      ...curityPages(payex),
      ...signingPages(payex),
      ...kalpPages(payex),
      ...tokenPages(payex),
      ...plainPages,
      [`GET ${stylesheetPath}`]: stylesheetAnswer,
    },
    namedTenant: (received) => tokenOf(received)?.tenant ?? null,
    canonicalPath: (path) => path,
    notFound: ({ method, path }) =>
      jsonAnswer(404, { Status: 404, Detail: 'There is nothing here.' }, `no operation ${method} ${path}`, {
        'content-type': 'application/problem+json',
      }),
    // A ledger without client certificates has no portal to put one in.
    upload: () => undefined,
    reset: resetPayexState,
    show: showPayexState,
    saved: savedPayexPart,
    alwaysDenies: (name) => payexCustomers.some((one) => one.name === name && one.alwaysDenies),
  }
}
