/** A workbench as it is after a day of work at five banks: consents, payments, baskets, a token entered, hundreds of exchanges. */
import { type Api, prepare } from '../e2e/engine.ts'

const address = '192.0.2.7'
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

/** Answers of banks are not judged here, but a day on which nothing came about would measure empty views. */
function created(what: string, status: number | undefined): void {
  if (status !== 201) throw new Error(`${what} was answered with ${status ?? 'nothing'}`)
}

async function end(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _event of events) {
    // The last one comes when it is done.
  }
}

async function atIca(api: Api, calls: number): Promise<void> {
  for (let at = 0; at < 6; at += 1) {
    const { response } = await api.requests.send({
      bank: 'ica-banken',
      operation: 'ica-payment-create',
      parameters: { paymentProduct: 'domestic-credit-transfers' },
      body: JSON.stringify({
        debtorAccount: { iban: 'SE6792700000092710000016' },
        instructedAmount: { currency: 'SEK', amount: `${50 + at}.00` },
        creditorName: 'Somebody',
        creditorAccount: { iban: 'SE4550000000058398257466' },
        requestedExecutionDate: day(10),
      }),
    })
    created('a payment', response?.status)
  }
  const draft = { bank: 'ica-banken', operation: 'ica-accounts-list', parameters: { 'PSU-IP-Address': address } }
  await end(await api.requests.repeat({ draft, times: calls }))
}

async function atBankOfGeorgia(api: Api): Promise<void> {
  const bank = 'bank-of-georgia'
  const { response } = await api.requests.send({
    bank,
    operation: 'bog-consent-create',
    parameters: { 'PSU-IP-Address': address, 'TPP-Redirect-URI': (await api.access.returnAddress({ bank })).uri },
    body: JSON.stringify({
      access: {
        balances: [{ iban: 'GE44BG9000000000000001' }],
        transactions: [{ iban: 'GE44BG9000000000000001' }],
      },
      recurringIndicator: true,
      validUntil: day(60),
      frequencyPerDay: 4,
      combinedServiceIndicator: false,
    }),
  })
  created('a consent', response?.status)
  const [consent] = await api.access.consents({ bank })
  await end(await api.access.authoriseConsent({ consent: consent!.id, psu: 'Nino Beridze' }))
}

async function atSaltEdge(api: Api, identity: string): Promise<void> {
  const bank = 'salt-edge'
  const returnTo = (await api.access.returnAddress({ bank })).uri
  const { response } = await api.requests.send({
    bank,
    identity,
    operation: 'salt-edge-cof-consent-create',
    parameters: { provider_code: 'demo_bank', 'TPP-Redirect-Preferred': 'true', 'TPP-Redirect-URI': returnTo },
    body: JSON.stringify({ account: { iban: 'DE2310010010123456789' } }),
  })
  created('a consent', response?.status)
}

/** SpareBank 1 answers with 401 and the page of its customer, which is kept as any answer. */
async function atSpareBank1(api: Api, identity: string): Promise<void> {
  const bank = 'sparebank1'
  await api.requests.send({
    bank,
    identity,
    operation: 'sb1-sct-payment-create',
    parameters: {
      'PSU-ID': 'ola.nordmann',
      'PSU-IP-Address': address,
      'TPP-Redirect-URI': (await api.access.returnAddress({ bank })).uri,
    },
    body: JSON.stringify({
      instructedAmount: { amount: '10.01', currency: 'EUR' },
      creditorName: 'Kari Hansen',
      creditorAccount: { iban: 'DE89370400440532013000' },
      debtorAccount: { iban: 'NO7186011117955' },
    }),
    insist: true,
  })
}

/** @param calls exchanges of one operation that fill the history */
export async function workADay(api: Api, calls: number): Promise<void> {
  await prepare(api, { vault: 'open', identities: ['bench'], grants: ['account', 'payment'] })
  const [identity] = await api.keys.list()
  await atIca(api, calls)
  await atBankOfGeorgia(api)
  await api.access.enter({ bank: 'payex-ledger', token: 'payex~sven-svensson~bench', expiresIn: 3600 })
  // Of two identities none is chosen by itself: from here on each call says which.
  const { id: seal } = await api.keys.order({ name: 'seal', kind: 'QSEAL' })
  await api.workspace.rememberWindow({ identity: identity!.id, guide: null })
  await atSaltEdge(api, seal)
  await atSpareBank1(api, seal)
}
