/** The simulated Salt Edge with one bank behind it: which operation is answered by what. */
import { stylesheetAnswer } from '#sandbox/bank/page.ts'
import type { BankSurroundings, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { namedCertificate } from '#sandbox/signatures/certificate-header.ts'
import { authoriseEndpoint } from './authorise.ts'
import { authorisePath, stylesheetPath } from './authorise-page.ts'
import { confirmFunds } from './confirm-funds.ts'
import { createConsent, deleteConsent, getAuthorisation, getConsent, getConsentStatus } from './consents.ts'
import { demoCustomers, publicCustomers } from './customers.ts'
import { resetSaltEdgeState, saltEdgeId } from './salt-edge-state.ts'
import { saltEdgeSignature, saltEdgeSurroundings } from './salt-edge-surroundings.ts'
import { savedSaltEdgePart } from './saved-part.ts'
import { showSaltEdgeState } from './state-view.ts'

export function saltEdge(surroundings: BankSurroundings): SimulatedBank {
  const bank = saltEdgeSurroundings(surroundings)
  const { show, decide } = authoriseEndpoint(bank)
  return {
    id: saltEdgeId,
    prefixes: {},
    customers: publicCustomers,
    switches: [],
    operations: {
      'salt-edge-funds-confirmation-create': confirmFunds(bank),
      'salt-edge-cof-consent-create': createConsent(bank),
      'salt-edge-cof-consent-get': getConsent(bank),
      'salt-edge-cof-consent-status': getConsentStatus(bank),
      'salt-edge-cof-consent-delete': deleteConsent(bank),
      'salt-edge-cof-consent-authorisation-status': getAuthorisation(bank),
    },
    pages: {
      [`GET ${authorisePath}`]: show,
      [`POST ${authorisePath}`]: decide,
      [`GET ${stylesheetPath}`]: stylesheetAnswer,
    },
    sentCertificate: (received) => namedCertificate(received, saltEdgeSignature.certificateForms),
    canonicalPath: (path) => path,
    notFound: ({ method, path }) =>
      jsonAnswer(
        404,
        { class: 'NotFound', code: 404, description: 'There is nothing here.' },
        `no operation ${method} ${path}`,
      ),
    // The signature is the only proof, so there is no portal that would have to know a certificate.
    upload: () => undefined,
    reset: resetSaltEdgeState,
    show: showSaltEdgeState,
    saved: savedSaltEdgePart,
    alwaysDenies: (name) => demoCustomers.some((one) => one.name === name && one.alwaysDenies),
  }
}
