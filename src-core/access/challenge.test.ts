/** A 401 with a page for the customer: opened, waited for, and the same call sent anew, newly signed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChallengeEvent } from '#shared/contract/followed.ts'
import { draftSchema } from '#shared/contract/requests.ts'
import {
  type Bench,
  browse,
  everything,
  faultOf,
  openBench,
  type Reply,
  startTestBank,
  type TestBank,
} from '../../test/access/access-bench.ts'
import { type ChallengeInput, challenge } from './challenge.ts'
import { allowedIn, customerLink, linksOf } from './customer-link.ts'
import { resumeFlow } from './resume-flow.ts'

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

const body = JSON.stringify({
  instructedAmount: { amount: '10.00', currency: 'EUR' },
  creditorName: 'Kari',
  creditorAccount: { iban: 'NO9386011117947' },
  debtorAccount: { iban: 'NO9386011117947' },
})
const input = (change: object = {}): ChallengeInput => ({
  draft: draftSchema.parse({
    bank: 'sparebank1',
    operation: 'sb1-sct-payment-create',
    body,
    insist: true,
    ...change,
  }),
  decision: 'approve',
  timeout: 10,
})

const path = '/v1/payments/sepa-credit-transfers'
/** As the bank's sample has it: with blanks, a comma and a semicolon. */
const messy = () => `${bank.origin}/tap?state=canary-state&locale=nb-NO, nb;q=0.9`
const challenged = (href: unknown): Reply => ({ status: 401, body: { _links: { scaRedirect: { href } } } })

/** The bank: first 401 with its page, which sends the customer to TPP-Redirect-URI; then 201. */
function asksOnce(href: unknown = messy()): void {
  let returnTo = ''
  let payments = 0
  bank.answer = ({ path: at, headers }) => {
    if (at.startsWith('/tap')) return { status: 302, headers: { Location: returnTo } }
    payments += 1
    if (payments > 1) return { status: 201, body: { paymentId: 'enc!!1==', transactionStatus: 'RCVD' } }
    returnTo = headers['tpp-redirect-uri']!
    return challenged(href)
  }
}

async function run(events: AsyncGenerator<ChallengeEvent, void, void>): Promise<ChallengeEvent[]> {
  const seen: ChallengeEvent[] = []
  for await (const event of events) {
    seen.push(event)
    if (event.type === 'open') void browse(event.url, bank.ca)
  }
  return seen
}

describe('a challenge', () => {
  it('is answered by the customer, and the same call goes out anew, newly signed', async () => {
    asksOnce()
    const seen = await run(challenge(input(), bench.parts))
    expect(seen.map(({ type }) => type)).toEqual(['open', 'returned', 'exchange'])
    const [open] = seen
    expect(open).toMatchObject({
      url: `${bank.origin}/tap?state=canary-state&locale=nb-NO,%20nb;q=0.9`,
      host: new URL(bank.origin).host,
      callback: { how: 'listening' },
    })
    expect(seen[2]).toMatchObject({ repeated: true, exchange: { response: { status: 201 } } })
    const [first, second, ...more] = bank.received.filter((one) => one.path === path)
    expect(more).toEqual([])
    expect(second!.body).toBe(first!.body)
    expect(second!.certificate).toBe(bank.client.sha256)
    for (const name of ['x-request-id', 'signature']) expect(second!.headers[name]).not.toBe(first!.headers[name])
    expect(second!.headers['tpp-redirect-uri']).toBe(first!.headers['tpp-redirect-uri'])
    expect(second!.headers.digest).toBe(first!.headers.digest)
    expect(await bench.parts.flows.list()).toEqual([])
    expect(`${await everything(bank.data)}${JSON.stringify(bench.exchanges)}`).not.toContain('canary-state')
    // The payment that came of it is remembered.
    expect(await bench.parts.resources.list()).toMatchObject([
      { kind: 'payment', resource: 'enc!!1==', status: 'RCVD' },
    ])
  })

  it('leaves the attempt’s own headers of a draft behind, and nothing else', async () => {
    asksOnce()
    const id = '11111111-1111-4111-8111-111111111111'
    const draft = { parameters: { 'X-Request-ID': id, 'PSU-ID': 'kari' } }
    await run(challenge(input(draft), bench.parts))
    const ids = bank.received.filter((one) => one.path === path).map(({ headers }) => headers['x-request-id'])
    expect(ids[0]).toBe(id)
    expect(ids[1]).not.toBe(id)
    expect(bank.received.at(-1)!.headers['psu-id']).toBe('kari')
  })

  it('whose page an answer brought already is gone on with, as that call was', async () => {
    asksOnce()
    const parameters = { 'TPP-Redirect-URI': 'http://127.0.0.1:9/never' }
    const first = await bench.call({ ...input().draft })
    expect(first.response?.status).toBe(401)
    // What was typed since is not what the customer is asked about.
    const events = challenge({ ...input({ body: '{}', parameters }), exchange: first.id }, bench.parts)
    const seen: ChallengeEvent[] = []
    for await (const event of events) {
      seen.push(event)
      // The call named no way back: the return is told.
      if (event.type === 'open') bench.parts.running.paste(event.flow, event.callback.uri)
    }
    expect(seen.map(({ type }) => type)).toEqual(['open', 'returned', 'exchange'])
    expect(seen[0]).toMatchObject({ url: expect.stringContaining('canary-state'), callback: { how: 'listening' } })
    const sent = bank.received.filter((one) => one.path === path)
    expect(sent.map((one) => one.body)).toEqual([body, body])
    expect(sent[1]!.headers['tpp-redirect-uri']).toBeUndefined()
    expect(sent[1]!.headers['x-request-id']).not.toBe(sent[0]!.headers['x-request-id'])
    expect(bench.parts.challenges.find(first.id)).toBeNull()
    expect(`${await everything(bank.data)}${JSON.stringify(bench.exchanges)}`).not.toContain('canary-state')
  })

  it('stays known while its customer has not come, and is forgotten on lock', async () => {
    asksOnce()
    const first = await bench.call({ ...input().draft })
    const giveUp = new AbortController()
    const events = challenge({ ...input(), exchange: first.id }, bench.parts, giveUp.signal)
    await expect(
      (async () => {
        for await (const event of events) if (event.type === 'open') giveUp.abort()
      })(),
    ).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(bench.parts.challenges.find(first.id)).not.toBeNull()
    expect(bank.received.filter((one) => one.path === path)).toHaveLength(1)
    bench.parts.challenges.forget()
    expect(bench.parts.challenges.find(first.id)).toBeNull()
  })

  it('that does not come is no challenge', async () => {
    bank.answer = () => ({ status: 201, body: { paymentId: 'p', transactionStatus: 'RCVD' } })
    const seen = await run(challenge(input(), bench.parts))
    expect(seen).toMatchObject([{ type: 'exchange', repeated: false, exchange: { response: { status: 201 } } }])
    bank.answer = () => ({ status: 401, body: { code: 'PSU_CREDENTIALS_INVALID' } })
    expect(await run(challenge(input(), bench.parts))).toMatchObject([{ type: 'exchange', repeated: false }])
    expect(bank.received).toHaveLength(2)
  })

  it.each([
    ['http', 'http://bank.example/tap'],
    ['a script', 'javascript:alert(1)'],
    ['a file', 'file:///etc/passwd'],
    ['an app', 'ms-msdt:/id'],
    ['a share', '\\\\evil\\share'],
    ['a user that hides the host', 'https://bank.example@evil.example/'],
    ['a line break', 'https://bank.example/\n@evil.example'],
    ['no address', 'tap'],
  ])('with %s is not opened', async (_, href) => {
    asksOnce(href)
    const opened: string[] = []
    const parts = { ...bench.parts, openInBrowser: async (url: string) => opened.push(url) > 0 }
    expect((await faultOf(challenge(input(), parts).next())).code).toBe('ACCESS_LINK')
    expect(opened).toEqual([])
    expect(bank.received).toHaveLength(1)
    expect(await bench.parts.flows.list()).toEqual([])
  })

  it('whose customer comes back after a restart is repeated then', async () => {
    asksOnce()
    const events = challenge(input(), bench.parts)
    const open = (await events.next()).value as { flow: string; url: string }
    await events.return()
    expect(await bench.parts.flows.list()).toMatchObject([{ kind: 'challenge', held: false, step: 'browser' }])
    const seen: string[] = []
    for await (const event of resumeFlow({ flow: open.flow, decision: 'approve', timeout: 10 }, bench.parts)) {
      seen.push(event.type)
      if (event.type === 'open') void browse(event.url, bank.ca)
    }
    expect(seen).toEqual(['open', 'returned', 'exchange'])
    expect(JSON.parse(bank.received.at(-1)!.body)).toEqual(JSON.parse(body))
  })

  it('that died while its repeat was under way is not sent a third time', async () => {
    asksOnce()
    const events = challenge(input(), bench.parts)
    const open = (await events.next()).value as { flow: string }
    await events.return()
    const flow = await bench.parts.flows.take(open.flow)
    await flow.note({ step: 'exchanging' })
    await flow.release()
    const sent = bank.received.length
    const again = resumeFlow({ flow: open.flow, decision: 'approve', timeout: 5 }, bench.parts)
    expect((await faultOf(again.next())).message).toContain('may have received it')
    expect(bank.received).toHaveLength(sent)
    expect(await bench.parts.flows.list()).toHaveLength(1)
  })

  it('is no matter of other banks', async () => {
    const other = { ...input(), draft: draftSchema.parse({ bank: 'ica-banken', operation: 'ica-accounts-list' }) }
    expect((await faultOf(challenge(other, bench.parts).next())).code).toBe('OPERATION_NOT_OFFERED')
  })
})

describe('a link', () => {
  it('may have a scheme the bank’s data lists, and no other', () => {
    expect(customerLink('x', 'bankid:///?autostarttoken=1', { schemes: ['bankid'] })).toMatchObject({ host: 'bankid' })
    expect(() => customerLink('x', 'bankid:///?a=1')).toThrow(/scheme bankid/)
  })
  it('may be http on this machine in the local sandbox, and nowhere else', async () => {
    const { environment } = await bench.parts.banks.at('sparebank1', 'sandbox')
    const page = 'http://127.0.0.1:8080/tap'
    expect(customerLink('x', page, allowedIn(environment('sandbox'))).url).toBe(page)
    expect(() => customerLink('x', page, allowedIn(environment('production')))).toThrow(/scheme http/)
    const elsewhere = 'http://127.0.0.1.evil.example/tap'
    expect(() => customerLink('x', elsewhere, allowedIn(environment('sandbox')))).toThrow(/scheme http/)
  })
  it('is read as an object or as text, and nothing else', () => {
    expect(linksOf({ _links: { a: { href: 'https://a' }, b: 'https://b', c: 5, d: { href: 7 }, e: null } })).toEqual({
      a: 'https://a',
      b: 'https://b',
    })
    for (const answer of [null, [], 'x', { _links: [] }, { _links: null }]) expect(linksOf(answer)).toEqual({})
  })
})
