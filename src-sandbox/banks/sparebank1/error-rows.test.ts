import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBanksFolder, readBankFolder } from '#sandbox/bank/bank-folder.ts'
import { addDays, dayOf } from '#sandbox/bank/calendar.ts'
import { spareBank1Style } from '#sandbox/testing/http-signer.ts'
import { openSigningBench, type SigningBench, type SigningTpp } from '#sandbox/testing/signing-bench.ts'
import { exchange, type TestAnswer } from '#sandbox/testing/test-exchange.ts'
import { urlOf } from '#sandbox/testing/test-tpp.ts'
import { kidOnlyCreditor } from './customers.ts'
import { sb1Switches } from './sb1-surroundings.ts'
import { operation, payment, redirectOf, send, sendTwice } from './testing/payment-counter.ts'

const { rows } = readBankFolder(findBanksFolder(undefined), 'sparebank1')

let bench: SigningBench
let tpp: SigningTpp
beforeAll(async () => {
  bench = await openSigningBench('sparebank1', spareBank1Style)
})
afterAll(() => bench.close())

const post = (path: string): Promise<TestAnswer> =>
  exchange(tpp.connection.agent, {
    method: 'POST',
    url: urlOf(bench.sandbox.running, 'xs2a', 'sparebank1') + path,
    body: '{}',
  })

const toKidOnly = (change: object = {}): object => payment({ creditorAccount: { iban: kidOnlyCreditor }, ...change })

const euros = (amount: string, currency = 'EUR'): object => payment({ instructedAmount: { amount, currency } })

const withSwitch = (name: string) => async (): Promise<TestAnswer> => {
  await bench.switchOn(tpp, name)
  return await send(tpp)
}

/** Row → what a client does wrong, or the switch, as `reproduce` of the row says. Each gets a TPP of its own. */
const provocations: Readonly<Record<string, () => Promise<TestAnswer>>> = {
  'sb1-system-error': withSwitch('system-error'),
  'sb1-query-parameter-required': withSwitch('strict-query'),
  'sb1-consent-invalid': withSwitch('consent-invalid'),
  'sb1-consent-expired': withSwitch('consent-expired'),
  'sb1-bad-request': () => send(tpp, JSON.stringify(payment()).slice(1)),
  'sb1-forbidden': async () => await send(await bench.tpp(['PSP_AI'])),
  'sb1-not-found': () => post('/v2/payments/sepa-credit-transfers'),
  'sb1-product-unknown': () => post('/v1/payments/sepa'),
  'sb1-conflict': async () => {
    expect((await sendTwice(bench, tpp)).status).toBe(201)
    return await send(tpp)
  },
  'sb1-http-header-required': () => send(tpp, payment(), { tamper: { 'x-request-id': null } }),
  'sb1-sca-not-found': async () => {
    const page = new URL(redirectOf(await send(tpp)))
    page.searchParams.set('state', randomUUID())
    expect((await fetch(page)).status).toBe(404)
    return await send(tpp)
  },
  'sb1-sca-expired': async () => {
    const page = redirectOf(await send(tpp))
    await bench.moveClock(tpp, 6 * 60)
    await bench.click(page, 'Ola Nordmann')
    return await send(tpp)
  },
  'sb1-sca-invalid': () => sendTwice(bench, tpp, payment(), { decision: 'deny' }),
  'sb1-format-error': () => send(tpp, euros('100.333')),
  'sb1-resource-unknown': () => send(tpp, payment({ debtorAccount: { iban: 'DE89370400440532013000' } })),
  'sb1-psu-credentials-invalid': () => send(tpp, payment(), { headers: { 'psu-id': 'unknown' } }),
  'sb1-consent-unknown': () => send(tpp, payment(), { headers: { 'consent-id': randomUUID() } }),
  'sb1-access-exceeded': async () => {
    for (let count = 0; count < 30; count += 1) expect((await send(tpp, euros('0'))).status).toBe(400)
    return await send(tpp)
  },
  'sb1-product-invalid': () => send(tpp, euros('100.00', 'NOK')),
  'sb1-kid-missing': () => send(tpp, toKidOnly()),
  'sb1-kid-invalid': () => send(tpp, toKidOnly({ remittanceInformationUnstructured: '1234567890' })),
  'sb1-payment-failed': () => send(tpp, euros('99999.00')),
  'sb1-execution-date-invalid': () => send(tpp, payment({ requestedExecutionDate: addDays(dayOf(Date.now()), -1) })),
  'sb1-unauthorized-sca-redirect': () => send(tpp),
}

it('has a provocation for every row: 20 mistakes and 4 switches', () => {
  expect(Object.keys(provocations).sort()).toEqual([...rows.keys()].sort())
  const switches = [...rows.values()].flatMap(({ reproduce }) => ('switch' in reproduce ? [reproduce.switch] : []))
  expect(switches.sort()).toEqual([...sb1Switches].sort())
  expect(rows.size - switches.length).toBe(20)
})

/** What the row prints, in the bank's own shape. */
const bodyOf = (status: number, code: string | null): object =>
  code === null
    ? { _links: { scaRedirect: { href: expect.stringContaining('/tap?'), verbs: ['GET'] } } }
    : { id: expect.stringMatching(/^\d{10}$/), system: 'ERA-PSD2', status, code }

describe.each([...rows.values()])('$id', (row) => {
  beforeAll(async () => {
    tpp = await bench.tpp()
  })

  it('is answered as the table has it', async () => {
    const answer = await provocations[row.id]?.()
    expect(answer?.status).toBe(row.http)
    const { message, ...body } = answer?.json ?? {}
    expect(body).toEqual(bodyOf(row.http, row.code))
    // Only where the fix says to read it.
    expect(message !== undefined).toBe(/message/.test(row.fix))
    expect(bench.documented.findings(operation, row.http, answer?.json)).toEqual([])
  })
})
