/** What the bank's answers tell of consents and payments is remembered; their status is asked for politely; calls without the customer are counted. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { FollowEvent } from '#shared/contract/followed.ts'
import {
  type Bench,
  everything,
  faultOf,
  openBench,
  type Reply,
  startTestBank,
  type TestBank,
} from '../../test/access/access-bench.ts'
import { type FollowInput, followResource, retryAfter } from './follow-resource.ts'
import type { GrantRecord } from './grant-book.ts'
import { rememberedView } from './remembered-view.ts'
import { openResource, resourceDraft } from './resource-call.ts'
import { showGrant } from './show-grant.ts'
import { createUnattendedCount } from './unattended-count.ts'

let bank: TestBank
let bench: Bench

beforeEach(async () => {
  bank = await startTestBank()
  bench = openBench(bank)
})
afterEach(async () => {
  await bench.close()
  await bank.close()
})

const created = (id: string, change: object = {}): Reply => ({
  status: 201,
  body: { consentId: id, consentStatus: 'received', _links: { self: { href: `/v1/consents/${id}` } }, ...change },
})
const consentBody = { recurringIndicator: true, validUntil: '2027-01-01', frequencyPerDay: 4 }

async function create(id: string, psu = 'anna-canary', body: object = consentBody) {
  bank.answer = () => created(id)
  await bench.call({
    bank: 'bank-of-georgia',
    operation: 'bog-consent-create',
    parameters: { 'PSU-IP-Address': '192.0.2.1', 'PSU-ID': psu },
    body: JSON.stringify(body),
    insist: true,
  })
}
const ask = (operation: string, parameters: Record<string, string>, body: unknown, status = 200) => {
  bank.answer = () => ({ status, body })
  return bench.call({ bank: 'bank-of-georgia', operation, parameters, grant: 'none', insist: true })
}
const remembered = (ref: string) => bench.parts.resources.find(ref)

describe('what was created', () => {
  it('is remembered with its limits, and without what names the customer', async () => {
    await create('c-1')
    expect(await remembered('c-1')).toMatchObject({
      kind: 'consent',
      resource: 'c-1',
      status: 'received',
      validUntil: '2027-01-01',
      frequencyPerDay: 4,
      recurring: true,
      replacedBy: null,
      links: ['self'],
      exchange: bench.exchanges[0]!.id,
    })
    expect(await everything(bank.data)).not.toContain('canary')
  })

  it('leaves nothing in the key store that no authorisation can use, and nothing once it is over', async () => {
    const kept = async () => (await readdir(join(bank.data, 'secrets')).catch(() => [])).length
    bank.answer = () => ({
      status: 201,
      body: { paymentId: 'p', transactionStatus: 'RCVD', _links: { self: { href: '/x' } } },
    })
    await bench.call({
      bank: 'ica-banken',
      operation: 'ica-payment-create',
      parameters: { paymentProduct: 'domestic-credit-transfers' },
      body: '{}',
      grant: 'none',
      insist: true,
    })
    expect(await remembered('p')).toMatchObject({ kind: 'payment', status: 'RCVD' })
    expect(await kept()).toBe(0)
    await create('c-1')
    expect(await kept()).toBe(1)
    await ask('bog-consent-status', { consentId: 'c-1' }, { consentStatus: 'rejected' })
    expect(await kept()).toBe(0)
  })

  it('is not where the bank refused or named none', async () => {
    bank.answer = () => ({ status: 400, body: { consentId: 'c-1' } })
    await bench.call({ bank: 'bank-of-georgia', operation: 'bog-consent-create', body: '{}', insist: true })
    bank.answer = () => ({ status: 201, body: {} })
    await bench.call({ bank: 'bank-of-georgia', operation: 'bog-consent-create', body: '{}', insist: true })
    expect(await bench.parts.resources.list()).toEqual([])
  })

  it('changes with every answer about it', async () => {
    await create('c-1')
    await ask('bog-consent-status', { consentId: 'c-1' }, { consentStatus: 'valid' })
    expect((await remembered('c-1')).status).toBe('valid')
    const adjusted = { consentStatus: 'valid', validUntil: '2026-12-31', frequencyPerDay: 2 }
    await ask('bog-consent-get', { consentId: 'c-1' }, adjusted)
    expect(await remembered('c-1')).toMatchObject({ validUntil: '2026-12-31', frequencyPerDay: 2 })
    await ask('bog-consent-delete', { consentId: 'c-1' }, undefined, 204)
    const record = await remembered('c-1')
    expect(record.status).toBe('terminatedByTpp')
    const { profile } = await bench.parts.banks.at('bank-of-georgia', 'sandbox')
    expect(rememberedView(record, profile)).toMatchObject({ final: true, meaning: 'The TPP deleted it.' })
    expect(rememberedView(record, null)).toMatchObject({ final: false, meaning: null })
    await ask('bog-consent-status', { consentId: 'unknown' }, { consentStatus: 'valid' })
    expect(await bench.parts.resources.list()).toHaveLength(1)
  })

  it('knows its authorisations, several signers and cancellations apart', async () => {
    bank.answer = () => ({ status: 201, body: { paymentId: 'p-1', transactionStatus: 'RCVD' } })
    const at = { 'payment-service': 'payments', 'payment-product': 'domestic', paymentId: 'p-1' }
    await bench.call({
      bank: 'bank-of-georgia',
      operation: 'bog-payment-initiate',
      parameters: { 'payment-service': 'payments', 'payment-product': 'domestic', 'PSU-IP-Address': '192.0.2.1' },
      body: '{}',
      insist: true,
    })
    await ask('bog-payment-authorisation-start', at, { authorisationId: 'a-1', scaStatus: 'received' }, 201)
    await ask('bog-payment-authorisation-list', at, { authorisationIds: ['a-1', 'a-2'] })
    const one = { ...at, authorisationId: 'a-2' }
    await ask('bog-payment-authorisation-status', one, { scaStatus: 'finalised' })
    // The framework's own slip of the pen, which banks copied.
    await ask(
      'bog-payment-authorisation-update',
      { ...at, authorisationId: 'a-1' },
      { scatransactionStatus: 'started' },
    )
    await ask(
      'bog-payment-cancellation-authorisation-start',
      at,
      { authorisationId: 'a-1', scaStatus: 'received' },
      201,
    )
    const record = await remembered('p-1')
    expect(record.parameters).toEqual({ 'payment-service': 'payments', 'payment-product': 'domestic' })
    expect(record.authorisations.map(({ id, purpose, status }) => [id, purpose, status])).toEqual([
      ['a-1', 'authorisation', 'started'],
      ['a-2', 'authorisation', 'finalised'],
      ['a-1', 'cancellation', 'received'],
    ])
    expect(record.authorisations[0]!.timeline.map(({ status }) => status)).toEqual(['received', 'started'])
    const { profile } = await bench.parts.banks.at('bank-of-georgia', 'sandbox')
    expect(rememberedView(record, profile).authorisations.map(({ final }) => final)).toEqual([false, true, false])
  })

  it('is ended by the next recurring consent of the same customer, and of nobody else', async () => {
    await create('old')
    await create('other-customer', 'bert-canary')
    await create('once', 'anna-canary', { ...consentBody, recurringIndicator: false })
    await create('new')
    await ask('bog-consent-status', { consentId: 'new' }, { consentStatus: 'valid' })
    const replaced = (await bench.parts.resources.list()).filter(({ replacedBy }) => replacedBy !== null)
    expect(replaced.map(({ resource }) => resource)).toEqual(['old'])
    expect(replaced[0]!.replacedBy).toBe((await remembered('new')).id)
  })

  it('finds the authorisation in a link where the bank has no list', async () => {
    const href = '/demo_bank/api/berlingroup/v2/consents/confirmation-of-funds/2/authorisations/77'
    bank.answer = () => ({
      status: 201,
      body: { consentId: '2', consentStatus: 'accepted', _links: { scaStatus: { href } } },
    })
    await bench.call({
      bank: 'salt-edge',
      operation: 'salt-edge-cof-consent-create',
      parameters: { provider_code: 'demo_bank', 'TPP-Redirect-Preferred': 'true' },
      body: '{}',
      insist: true,
    })
    const record = await remembered('2')
    expect(record.authorisations).toMatchObject([{ id: '77', status: null }])
    expect(record.parameters).toEqual({ provider_code: 'demo_bank' })
  })

  it('costs no answer when it cannot be kept', async () => {
    const broken = { ...bench.secrets, set: () => Promise.reject(new Error('locked')) }
    const { createResourceBook } = await import('./resource-book.ts')
    const { createWitness } = await import('./witness.ts')
    const resources = createResourceBook(`${bank.data}/elsewhere`, broken)
    const witness = createWitness({ ...bench.parts, resources, changed: () => {} })
    bank.answer = () => created('c-9')
    const { send } = await import('../requests/send.ts')
    const { draftSchema } = await import('#shared/contract/requests.ts')
    const draft = draftSchema.parse({
      bank: 'bank-of-georgia',
      operation: 'bog-consent-create',
      body: '{}',
      insist: true,
    })
    const { answer } = await send(draft, { ...bench.sendParts, witness })
    expect(answer.status).toBe(201)
  })

  it('is found by the bank’s id or by ours, and a wrong one is told', async () => {
    await create('c-1')
    const { id } = await remembered('c-1')
    expect((await remembered(id)).resource).toBe('c-1')
    expect(await faultOf(remembered('c-2'))).toMatchObject({ code: 'RESOURCE_UNKNOWN', details: { near: ['c-1'] } })
  })

  it('is deleted by the bank’s own call', async () => {
    await create('c-1')
    const open = await openResource('c-1', bench.parts)
    expect(
      resourceDraft(open, open.profile.delete?.operation, { 'PSU-IP-Address': '192.0.2.1', Nonsense: 'x' }),
    ).toMatchObject({
      operation: 'bog-consent-delete',
      parameters: { consentId: 'c-1', 'PSU-IP-Address': '192.0.2.1' },
    })
    expect(() => resourceDraft(open, undefined, {})).toThrow(/no such call/)
  })
})

const wanted: FollowInput = { consent: 'c-1', parameters: {}, interval: 0.02, timeout: 5 }
async function follow(change: Partial<FollowInput> = {}, signal?: AbortSignal): Promise<FollowEvent[]> {
  const seen: FollowEvent[] = []
  for await (const event of followResource({ ...wanted, ...change }, bench.parts, signal)) seen.push(event)
  return seen
}

describe('the data of the banks', () => {
  it('names calls, parameters and statuses there are', async () => {
    for (const id of ['ica-banken', 'bank-of-georgia', 'salt-edge', 'sparebank1']) {
      const { profile, operations } = await bench.parts.banks.at(id, 'sandbox')
      const named = new Map(operations.map((operation) => [operation.id, operation.parameters.map(({ name }) => name)]))
      expect(profile.resources?.length ?? 0).toBeGreaterThan(0)
      for (const {
        create: make,
        read,
        status,
        delete: remove,
        parameters,
        vocabulary,
        active,
        authorisations,
      } of profile.resources ?? []) {
        expect(named.has(make)).toBe(true)
        for (const call of [read, status, remove?.operation].filter((each) => each !== undefined))
          expect(parameters.some((name) => named.get(call)?.includes(name))).toBe(true)
        const codes = profile.statuses[vocabulary]?.map(({ code }) => code) ?? []
        for (const code of [active, remove?.gives].filter((each) => each !== undefined)) expect(codes).toContain(code)
        for (const calls of authorisations) {
          expect(profile.statuses).toHaveProperty(calls.vocabulary)
          for (const call of [calls.status, calls.update].filter((each) => each !== undefined))
            expect(named.get(call)).toContain(calls.parameter)
          for (const call of [calls.start, calls.list].filter((each) => each !== undefined))
            expect(parameters.some((name) => named.get(call)?.includes(name))).toBe(true)
        }
      }
    }
  })
})

describe('following', () => {
  beforeEach(async () => {
    await create('c-1')
    bank.received.length = 0
  })
  const statuses = (...codes: string[]) => {
    let count = 0
    bank.answer = () => {
      count += 1
      return { status: 200, body: { consentStatus: codes[Math.min(count, codes.length) - 1] } }
    }
  }

  it('asks with growing pauses and stops at a final status', async () => {
    statuses('received', 'received', 'partiallyAuthorised', 'expired')
    const seen = await follow()
    expect(seen.map((event) => (event.type === 'status' ? event.status : event.because))).toEqual([
      'received',
      'received',
      'partiallyAuthorised',
      'expired',
      'final',
    ])
    expect(seen.map((event) => (event.type === 'status' ? event.wait : undefined))).toEqual([
      20,
      30,
      45,
      null,
      undefined,
    ])
    expect(bank.received).toHaveLength(4)
    const [first, second, third] = bank.received.map(({ at }) => at)
    expect(second! - first!).toBeGreaterThanOrEqual(19)
    expect(third! - second!).toBeGreaterThanOrEqual(29)
    expect(seen.at(-1)).toMatchObject({ type: 'end', consent: { status: 'expired', final: true } })
  })

  it('says where the customer is asking from, unless a parameter says it already; and nothing of one who is not there', async () => {
    const asked = async (input: Partial<FollowInput>) => {
      statuses('valid')
      await follow(input)
      return bank.received.at(-1)!.headers['psu-ip-address']
    }
    expect(await asked({ present: '192.0.2.99' })).toBe('192.0.2.99')
    expect(await asked({ present: '192.0.2.99', parameters: { 'psu-ip-address': '192.0.2.8' } })).toBe('192.0.2.8')
    expect(await asked({})).toBeUndefined()
  })

  it('stops where it can be used', async () => {
    statuses('received', 'valid')
    expect((await follow()).at(-1)).toMatchObject({ type: 'end', because: 'active', consent: { status: 'valid' } })
    expect(bank.received).toHaveLength(2)
  })

  it('goes by the link where the bank has no call for the status, signed, and to the bank alone', async () => {
    const pay = async (href: string) => {
      bank.answer = () => ({
        status: 201,
        body: {
          paymentId: 'enc!!1==',
          transactionStatus: 'RCVD',
          _links: { self: { href: '/elsewhere' }, status: { href } },
        },
      })
      await bench.call({ bank: 'sparebank1', operation: 'sb1-sct-payment-create', body: '{}', insist: true })
    }
    await pay(`${bank.origin}/v1/payments/sepa-credit-transfers/enc!!1%3D%3D/status`)
    bank.answer = () => ({ status: 200, body: { transactionStatus: 'ACSC' } })
    const seen = await follow({ consent: 'enc!!1==' })
    expect(seen).toMatchObject([
      { status: 'ACSC', final: true, exchange: { operation: 'linked-status' } },
      { because: 'final', consent: { status: 'ACSC' } },
    ])
    const asked = bank.received.at(-1)!
    expect(asked).toMatchObject({ method: 'GET', path: '/v1/payments/sepa-credit-transfers/enc!!1%3D%3D/status' })
    expect(asked.headers).toMatchObject({ 'x-request-id': expect.any(String), signature: expect.any(String) })
    await pay('https://evil.example/status')
    expect((await faultOf(follow({ consent: 'enc!!1==' }))).code).toBe('OPERATION_NOT_OFFERED')
  })

  it('waits as long as the bank says, and ends when that is too long', async () => {
    bank.answer = () => ({ status: 429, body: {}, headers: { 'Retry-After': '60' } })
    const seen = await follow()
    expect(seen).toMatchObject([
      { type: 'status', status: null, final: false, wait: null },
      { type: 'end', because: 'time' },
    ])
    expect(bank.received).toHaveLength(1)
  })

  it('ends at a refusal', async () => {
    bank.answer = () => ({ status: 403, body: {} })
    expect((await follow()).at(-1)).toMatchObject({ type: 'end', because: 'refused' })
    expect(bank.received).toHaveLength(1)
  })

  it('stops at once when it is told to', async () => {
    statuses('received')
    const stop = new AbortController()
    const work = follow({ interval: 50, timeout: 600 }, stop.signal)
    await expect.poll(() => bank.received.length).toBe(1)
    const at = performance.now()
    setTimeout(() => stop.abort(), 20)
    expect((await faultOf(work)).code).toBe('CANCELLED')
    expect(performance.now() - at).toBeLessThan(1000)
    expect(bank.received).toHaveLength(1)
  })

  it('asks for one authorisation where one is named', async () => {
    await ask(
      'bog-consent-authorisation-start',
      { consentId: 'c-1' },
      { authorisationId: 'a-1', scaStatus: 'received' },
      201,
    )
    bank.answer = () => ({ status: 200, body: { scaStatus: 'finalised' } })
    const seen = await follow({ authorisation: 'a-1' })
    expect(seen).toMatchObject([{ status: 'finalised', final: true }, { because: 'final' }])
    expect(bank.received.at(-1)!.path).toBe('/v1/consents/c-1/authorisations/a-1')
  })

  it('reads Retry-After as seconds or as a date', () => {
    const answered = (value: string) => ({ response: { headers: [['Retry-After', value]] } }) as unknown as Exchange
    const now = Date.parse('2026-11-21T12:00:00.000Z')
    expect(retryAfter(answered('7'), now)).toBe(7000)
    expect(retryAfter(answered('Sat, 21 Nov 2026 12:00:05 GMT'), now)).toBe(5000)
    expect(retryAfter(answered('soon'), now)).toBe(0)
  })
})

describe('calls without the customer', () => {
  const grant: GrantRecord = {
    id: 'g-00aa11bb22',
    bank: 'ica-banken',
    environment: 'sandbox',
    identity: 'abcdefgh',
    customer: null,
    scope: 'account',
    obtainedAt: '2026-11-21T12:00:00.000Z',
    accessTokenExpiresAt: '2050-01-01T00:00:00.000Z',
    refreshable: false,
    refreshTokenExpiresAt: null,
    refreshingSince: null,
    boundTo: null,
    server: null,
    consent: null,
  }
  const list = (parameters: Record<string, string> = {}) =>
    bench.call({ bank: 'ica-banken', operation: 'ica-accounts-list', parameters })

  it('are counted per grant and day, the others not', async () => {
    await bench.parts.book.save(grant, { accessToken: 'canary', refreshToken: null })
    bank.answer = () => ({ status: 200, body: {} })
    await list({ 'PSU-IP-Address': '192.0.2.1' })
    await list()
    await list()
    const shown = await showGrant(grant, bench.parts)
    expect(shown.unattended).toEqual({ day: new Date().toISOString().slice(0, 10), used: 2, perDay: 4 })
    // What the next call's preflight is told.
    const next = await bench.sendParts.grant({
      bank: 'ica-banken',
      environment: 'sandbox',
      identity: 'abcdefgh',
      scope: 'account',
      id: undefined,
    })
    expect(next.unattendedUsed).toBe(2)
  })

  it('are counted where the bank counts: reading accounts, and not asking for the status of a consent', async () => {
    const consent = { ...grant, bank: 'bank-of-georgia', scope: 'AIS:c-1', consent: 'c-1' }
    await bench.parts.book.save(consent, { accessToken: 'canary', refreshToken: null })
    bank.answer = () => ({ status: 200, body: {} })
    const call = (operation: string, parameters: Record<string, string>) =>
      bench.call({ bank: 'bank-of-georgia', operation, parameters, grant: consent.id, insist: true })
    const used = async () => (await showGrant(consent, bench.parts)).unattended?.used
    await call('bog-consent-status', { consentId: 'c-1' })
    await call('bog-consent-get', { consentId: 'c-1' })
    expect(await used()).toBe(0)
    expect(bench.exchanges.flatMap(({ findings }) => findings.map(({ id }) => id))).not.toContain('unattended')
    await call('bog-accounts-list', { 'Consent-ID': 'c-1' })
    expect(await used()).toBe(1)
    await call('bog-accounts-list', { 'Consent-ID': 'c-1', 'PSU-IP-Address': '192.0.2.1' })
    expect(await used()).toBe(1)
  })

  it('lose none of twenty at once, and begin anew with the day', async () => {
    const folder = `${bank.data}/unattended`
    const noon = Date.parse('2026-11-21T12:00:00.000Z')
    const [one, two] = [createUnattendedCount(folder), createUnattendedCount(folder)]
    await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).add('g-0a', noon)))
    expect(await one.used('g-0a', noon)).toBe(20)
    expect(await one.used('g-0b', noon)).toBe(0)
    expect(await one.used('g-0a', noon + 12 * 3_600_000)).toBe(0)
    await two.add('g-0a', noon + 12 * 3_600_000)
    expect(await one.used('g-0a', noon + 12 * 3_600_000)).toBe(1)
    expect(await readdir(folder)).toEqual(['g-0a--2026-11-22'])
    await one.forget('g-0a')
    expect(await one.used('g-0a', noon + 12 * 3_600_000)).toBe(0)
    expect(await one.used('../g-0a', noon)).toBe(0)
  })
})
