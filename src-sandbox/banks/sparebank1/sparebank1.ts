/** The simulated SpareBank 1: which operation is answered by what. */
import { stylesheetAnswer } from '#sandbox/bank/page.ts'
import type { BankSurroundings, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import { publicCustomers, sb1Customers } from './customers.ts'
import { followPaymentLink } from './payment-links.ts'
import { createPayment } from './payments.ts'
import { savedSb1Part } from './saved-part.ts'
import { resetSb1State, sb1Id } from './sb1-state.ts'
import { sb1Surroundings, sb1Switches } from './sb1-surroundings.ts'
import { showSb1State } from './state-view.ts'
import { tapEndpoint } from './tap.ts'
import { stylesheetPath, tapPath } from './tap-page.ts'

export function sparebank1(surroundings: BankSurroundings): SimulatedBank {
  const bank = sb1Surroundings(surroundings)
  const { show, decide } = tapEndpoint(bank)
  return {
    id: sb1Id,
    prefixes: {},
    customers: publicCustomers,
    switches: sb1Switches,
    operations: { 'sb1-sct-payment-create': createPayment(bank) },
    pages: {
      [`GET ${tapPath}`]: show,
      [`POST ${tapPath}`]: decide,
      [`GET ${stylesheetPath}`]: stylesheetAnswer,
    },
    behindLink: (call) => followPaymentLink(bank, call),
    canonicalPath: (path) => path,
    notFound: ({ method, path }) => {
      const product = /^\/v1\/payments\/([^/]+)$/.exec(path)?.[1]
      return method === 'POST' && product
        ? bank.refusal('sb1-product-unknown', `the bank has no product ${product}`)
        : bank.refusal('sb1-not-found', `no operation ${method} ${path}`)
    },
    // The bank goes by what stands in the certificates, so no portal has to know them.
    upload: () => undefined,
    reset: resetSb1State,
    show: showSb1State,
    saved: savedSb1Part,
    alwaysDenies: (name) => sb1Customers.some((one) => one.name === name && one.alwaysDenies),
  }
}
