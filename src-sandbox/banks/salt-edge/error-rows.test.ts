import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBanksFolder, readBankFolder } from '#sandbox/bank/bank-folder.ts'
import { saltEdgeStyle } from '#sandbox/testing/http-signer.ts'
import { openSigningBench, type SigningBench, type SigningTpp } from '#sandbox/testing/signing-bench.ts'
import type { TestAnswer } from '#sandbox/testing/test-exchange.ts'
import { newConsent, provider } from './testing/consent-desk.ts'

const { rows } = readBankFolder(findBanksFolder(undefined), 'salt-edge')

let bench: SigningBench
let tpp: SigningTpp
beforeAll(async () => {
  bench = await openSigningBench('salt-edge', saltEdgeStyle)
  tpp = await bench.tpp()
})
afterAll(() => bench.close())

const create = 'salt-edge-cof-consent-create'
const status = 'salt-edge-cof-consent-status'
const account = { iban: 'DE2310010010123456789' }
const plain = {
  parameters: { provider_code: provider },
  body: { account },
  sent: { 'tpp-redirect-preferred': 'false' },
}
const onConsent = (consent_id: string) => ({ parameters: { provider_code: provider, consent_id } })

/** Row → what a client does wrong, as `reproduce` of the row says. */
const provocations: Readonly<Record<string, () => Promise<TestAnswer>>> = {
  'salt-edge-bad-request': () => tpp.call(create, { ...plain, sent: { 'tpp-redirect-preferred': 'maybe' } }),
  'salt-edge-certificate-missing': () => tpp.call(create, { ...plain, tamper: { 'tpp-signature-certificate': null } }),
  'salt-edge-certificate-invalid': () =>
    tpp.call(create, { ...plain, tamper: { 'tpp-signature-certificate': 'AAAA' } }),
  'salt-edge-signature-missing': () => tpp.call(status, { ...onConsent('1'), tamper: { signature: null } }),
  'salt-edge-signature-malformed': () =>
    tpp.call(status, { ...onConsent('1'), tamper: { signature: 'Signature keyId=abc' } }),
  'salt-edge-signature-invalid': () =>
    tpp.call(create, { ...plain, tamper: { date: new Date(Date.now() - 5000).toUTCString() } }),
  'salt-edge-consent-unknown': () => tpp.call(status, onConsent('999999')),
  'salt-edge-consent-invalid': async () => {
    const consent = await newConsent(tpp)
    await consent.call('salt-edge-cof-consent-delete')
    return await consent.askFor({ account, instructedAmount: { amount: '1', currency: 'EUR' } })
  },
  'salt-edge-resource-unknown': async () => {
    const consent = await newConsent(tpp)
    return await consent.call('salt-edge-cof-consent-authorisation-status', { authorisation_id: '0' })
  },
}

it('has a provocation for every row, each of them a mistake of the client', () => {
  expect(Object.keys(provocations).sort()).toEqual([...rows.keys()].sort())
  expect([...rows.values()].filter(({ reproduce }) => 'mutation' in reproduce)).toHaveLength(9)
})

describe.each([...rows.values()])('$id', (row) => {
  it('is answered as the table prints it', async () => {
    const answer = await provocations[row.id]?.()
    expect(answer?.status).toBe(row.http)
    expect(answer?.json).toEqual({ class: row.code, code: row.http, description: row.detail })
    expect(bench.documented.findings(row.reproduce.operation, row.http, answer?.json)).toEqual([])
  })
})
