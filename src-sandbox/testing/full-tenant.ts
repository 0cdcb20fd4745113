/** One organisation with something to its name at each of the five simulated banks. */
import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { bogTpp } from './bog-tpp.ts'
import { documentedAnswers } from './documented-answers.ts'
import { saltEdgeStyle, signedHeaders, spareBank1Style } from './http-signer.ts'
import { openPaymentDesk } from './payment-desk.ts'
import { makeRequest } from './psd2-request.ts'
import type { TestBench } from './test-bench.ts'
import { exchange } from './test-exchange.ts'
import { urlOf } from './test-tpp.ts'

export interface FullTenant {
  readonly tenant: string
  /** Secrets it holds: what nobody else may ever see. */
  readonly secrets: readonly string[]
  readonly payment: string
  readonly basket: string
  /** At Bank of Georgia. */
  readonly consent: string
}

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

const payment = {
  instructedAmount: { amount: '100.33', currency: 'EUR' },
  creditorName: 'Company 123',
  creditorAccount: { iban: 'DE89370400440532013000', currency: 'EUR' },
  debtorAccount: { iban: 'NO9386011117947', currency: 'NOK' },
}

async function signing(bench: TestBench, tenant: string) {
  const { running } = bench.sandbox
  const { key, csr } = await makeRequest({ organizationIdentifier: tenant, algorithm: rsa })
  const { json } = await bench.control.send('POST', '/qtsp/certificates', { csr, kind: 'QWAC' })
  const { certificate, chain } = json as { certificate: string; chain: string[] }
  const identity = { key, certificate: [certificate, ...chain].join('\n') }
  const agent = new Agent({ ca: readFileSync(running.ca), key, cert: identity.certificate })
  const sealing = await bench.control.send('POST', '/qtsp/certificates', { csr, kind: 'QSEAL' })
  const seal = { key, certificate: (sealing.json as { certificate: string }).certificate }
  const redirect = { 'content-type': 'application/json', 'tpp-redirect-uri': 'https://tpp.example/r' }
  const post = (bank: string, host: string, path: string, headers: Record<string, string>, body: string) =>
    exchange(agent, { method: 'POST', url: urlOf(running, host, bank) + path, headers, body })
  return {
    pay: () => {
      const body = JSON.stringify(payment)
      const headers = signedHeaders(seal, spareBank1Style, redirect, body)
      return post('sparebank1', 'xs2a', '/v1/payments/sepa-credit-transfers', headers, body)
    },
    askConsent: () => {
      const body = JSON.stringify({ account: { iban: 'DE2310010010123456789' } })
      const headers = signedHeaders(seal, saltEdgeStyle, { ...redirect, 'tpp-redirect-preferred': 'false' }, body)
      return post('salt-edge', 'api', '/demo_bank/api/berlingroup/v2/consents/confirmation-of-funds', headers, body)
    },
    close: () => agent.destroy(),
  }
}

async function inNorway(bench: TestBench, tenant: string): Promise<void> {
  const client = await signing(bench, tenant)
  const { json } = await client.pay()
  const { scaRedirect } = json._links as { scaRedirect: { href: string } }
  const psu = { url: scaRedirect.href, psu: 'Ola Nordmann' }
  await bench.control.send('POST', '/banks/sparebank1/psu', psu)
  const [paid, asked] = [await client.pay(), await client.askConsent()]
  client.close()
  if (paid.status !== 201 || asked.status !== 201) throw new Error(`${paid.text} ${asked.text}`)
}

async function inGeorgia(bench: TestBench, tenant: string) {
  const site = {
    running: bench.sandbox.running,
    control: bench.control,
    documented: await documentedAnswers('bank-of-georgia'),
  }
  const tpp = bogTpp(site, await bench.control.order(tenant))
  const validUntil = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const access = { availableAccounts: 'allAccounts' }
  const { json, text } = await tpp.call('bog-consent-create', {
    headers: { 'psu-id': 'nino.beridze' },
    body: { access, recurringIndicator: false, validUntil, frequencyPerDay: 1, combinedServiceIndicator: false },
  })
  if (typeof json.consentId !== 'string') throw new Error(text)
  const token = await tpp.authorise(`AIS:${json.consentId}`, 'nino.beridze')
  tpp.close()
  return { consent: json.consentId, secrets: [token.access, token.refresh] }
}

async function atPayex(bench: TestBench, tenant: string): Promise<string> {
  const { running } = bench.sandbox
  const token = `payex~sven-svensson~${tenant.slice(-6).toLowerCase()}~${tenant}`
  const agent = new Agent({ ca: readFileSync(running.ca) })
  const documented = await documentedAnswers('payex-ledger')
  const { method, path, host } = documented.operation('payex-begin-bankid-se-authentication')
  const answer = await exchange(agent, {
    method,
    url: urlOf(running, host, 'payex-ledger') + path.replace('{ownerNo}', '1001'),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{}',
  })
  agent.destroy()
  if (answer.status >= 300) throw new Error(answer.text)
  return token
}

export async function openFullTenant(bench: TestBench): Promise<FullTenant> {
  const desk = await openPaymentDesk(bench)
  const tenant = desk.tpp.organizationIdentifier
  const id = await desk.newPayment()
  const basket = await desk.newBasket(id)
  const { access, refresh } = await bench.tokens(desk.tpp, 'account')
  await inNorway(bench, tenant)
  const georgian = await inGeorgia(bench, tenant)
  const token = await atPayex(bench, tenant)
  return {
    tenant,
    secrets: [desk.token, access, refresh, token, ...georgian.secrets],
    payment: id,
    basket,
    consent: georgian.consent,
  }
}
