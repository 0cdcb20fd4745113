/** The fifteen steps of the demo: each does one thing on real parts and says in a sentence why it matters. */
import { Fault } from '#shared/fault.ts'
import {
  authorise,
  bank,
  bodyOf,
  callBank,
  customer,
  customerAddress,
  had,
  product,
  type Step,
  type StepId,
  workingDayAhead,
} from './story.ts'

const present = { 'PSU-IP-Address': customerAddress }

const identity: Step = async (story) => {
  const made = await story.client.keys.order({ name: 'demo', organization: 'Demo TPP AB' }, { signal: story.signal })
  story.identity = made.id
  return `A private key was made ${story.storeNote} and a test QTSP issued a QWAC for ${made.organizationIdentifier}: that certificate is who you are to a bank.`
}

const registration: Step = async (story) => {
  const { registration: kept } = await story.client.access.register({ bank }, { signal: story.signal })
  if (kept === null) throw new Fault('SANDBOX_FAILED', 'The bank declined the registration.')
  return `The bank took the certificate over mutual TLS and registered ${kept.clientId}: without this no customer can be sent to it.`
}

// Callback and code exchange are one call, because the code lives for seconds: its time is told in two steps.
const authorisation: Step = async (story) => {
  const started = performance.now()
  story.authorised = await authorise(story, 'account')
  const milliseconds = performance.now() - started - story.authorised.exchange.timings.total
  return {
    milliseconds,
    note: `${customer} signed scope "account" on the bank's page and the browser came back to a loopback address with a one-use code.`,
  }
}

const token: Step = async (story) => {
  const { grant, exchange } = had(story.authorised, 'authorisation')
  story.accountGrant = grant
  return {
    milliseconds: exchange.timings.total,
    note: `The code, good for 30 s, was exchanged at once over mutual TLS for a token of ${grant.accessTokenSecondsLeft} s; both tokens are in the key store only.`,
  }
}

const accounts: Step = async (story) => {
  const exchange = await callBank(story, 'ica-accounts-list', { parameters: present })
  const list = bodyOf<{ accounts: { resourceId: string; iban: string }[] }>(exchange).accounts
  const [first] = list
  if (first === undefined) throw new Fault('SANDBOX_FAILED', 'The customer has no account.')
  story.account = { id: first.resourceId, iban: first.iban }
  return `${list.length} accounts came back; PSU-IP-Address said that the customer is asking, so the call does not count against four a day.`
}

const balances: Step = async (story) => {
  const exchange = await callBank(story, 'ica-account-balances', {
    parameters: { accountId: had(story.account, 'account').id, ...present },
  })
  const { balances: list } = bodyOf<{
    balances: { balanceType: string; balanceAmount: { amount: string; currency: string } }[]
  }>(exchange)
  const [first] = list
  return `The account has ${list.length} kinds of balance, for example ${first?.balanceType}: ${first?.balanceAmount.amount} ${first?.balanceAmount.currency}.`
}

const transactions: Step = async (story) => {
  const parameters = {
    accountId: had(story.account, 'account').id,
    PageSize: '20',
    dateFrom: workingDayAhead(-180),
    ...present,
  }
  const first = bodyOf<{ transactions: { booked: unknown[] }; pageToken?: string }>(
    await callBank(story, 'ica-account-transactions-paginated', { parameters }),
  )
  const pageToken = had(first.pageToken, 'second page')
  const second = bodyOf<{ transactions: { booked: unknown[] } }>(
    await callBank(story, 'ica-account-transactions-paginated', {
      parameters: { ...parameters, PageToken: pageToken },
    }),
  )
  const count = first.transactions.booked.length + second.transactions.booked.length
  return `${count} transactions in two pages: as long as a page token comes back, there is more.`
}

const payment: Step = async (story) => {
  const { grant } = await authorise(story, 'payment')
  story.paymentGrant = grant
  const body = JSON.stringify({
    debtorAccount: { iban: had(story.account, 'account').iban },
    instructedAmount: { currency: 'SEK', amount: '149.50' },
    creditorAccount: { iban: 'SE4550000000058398257466' },
    creditorName: 'Elbolaget AB',
    requestedExecutionDate: workingDayAhead(7),
    remittanceInformationUnstructured: 'Faktura 1042',
  })
  const exchange = await callBank(story, 'ica-payment-create', { parameters: { paymentProduct: product }, body })
  const { paymentId, transactionStatus } = bodyOf<{ paymentId: string; transactionStatus: string }>(exchange)
  story.paymentId = paymentId
  return `A payment for next week stands at the bank as ${transactionStatus} (entered): it took a token of scope "payment", and nothing moves before the customer signs.`
}

async function paymentStatusNow(story: Parameters<Step>[0]): Promise<string> {
  const parameters = { paymentProduct: product, paymentId: had(story.paymentId, 'payment') }
  return bodyOf<{ transactionStatus: string }>(await callBank(story, 'ica-payment-status', { parameters }))
    .transactionStatus
}

const paymentStatus: Step = async (story) => {
  return `Asked again, the bank says ${await paymentStatusNow(story)}: the status comes from the bank each time, because customers can cancel without the TPP.`
}

const basket: Step = async (story) => {
  const body = JSON.stringify({ paymentIds: [had(story.paymentId, 'payment')] })
  const { basketId } = bodyOf<{ basketId: string }>(await callBank(story, 'ica-signing-basket-create', { body }))
  story.basketId = basketId
  return 'The payment lies in a signing basket, so that one signature can cover several payments.'
}

const basketAuthorisation: Step = async (story) => {
  const scope = `basket:${had(story.basketId, 'basket')}`
  story.basketGrant = (await authorise(story, scope)).grant
  return `${customer} signed scope "basket:<id>": a token for this one basket and no other.`
}

const basketSign: Step = async (story) => {
  await callBank(story, 'ica-signing-basket-sign', { parameters: { basketId: had(story.basketId, 'basket') } })
  return `The basket was signed with that token; the payment is now ${await paymentStatusNow(story)} (correct, waits for its day).`
}

const refresh: Step = async (story) => {
  const before = had(story.accountGrant, 'grant')
  const after = await story.client.access.refresh({ grant: before.id }, { signal: story.signal })
  return `The refresh token, good for one use, brought new tokens (${after.accessTokenSecondsLeft} s); the new one was stored before anything else, because the old one is spent.`
}

const paymentDelete: Step = async (story) => {
  const paymentId = had(story.paymentId, 'payment')
  await authorise(story, `payment_delete:${paymentId}`)
  await callBank(story, 'ica-payment-delete', { parameters: { paymentProduct: product, paymentId } })
  return `Deleting a signed payment took a signature of its own (scope "payment_delete:<id>"); its status is ${await paymentStatusNow(story)}.`
}

const explainedError: Step = async (story) => {
  const grant = had(story.accountGrant, 'grant').id
  const body = JSON.stringify({ paymentIds: [had(story.paymentId, 'payment')] })
  const exchange = await story.client.requests.send(
    { bank, operation: 'ica-signing-basket-create', grant, body },
    { signal: story.signal },
  )
  const [why] = exchange.explanations
  if (why?.errorId !== 'ica-general-consent-invalid')
    throw new Fault('SANDBOX_FAILED', 'The wrong token was not answered with the row it should be.')
  return `A token of scope "account" on a payment call: ${exchange.response?.status} "${why.title}", row ${why.errorId} of the bank's table. Remedy: ${why.fix}`
}

export const steps: Record<StepId, Step> = {
  identity,
  registration,
  authorisation,
  token,
  accounts,
  balances,
  transactions,
  payment,
  'payment-status': paymentStatus,
  basket,
  'basket-authorisation': basketAuthorisation,
  'basket-sign': basketSign,
  refresh,
  'payment-delete': paymentDelete,
  'explained-error': explainedError,
}
