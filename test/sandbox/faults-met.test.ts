/** The sandbox's faults as the workbench meets them: the layer is named, nothing is sent twice, nothing is lost silently. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SandboxFault } from '#shared/sandbox-protocol.ts'
import { bank, met, openSandboxWorkbench, type SandboxWorkbench } from './sandbox-workbench.ts'

let at: SandboxWorkbench
beforeAll(async () => {
  at = await openSandboxWorkbench()
  await at.authorise('account')
}, 60_000)
beforeEach(() => at.set())
afterAll(() => at.close())

const accounts = { operation: 'ica-accounts-list', parameters: { 'PSU-IP-Address': '192.0.2.7' } }
type Wish = Pick<SandboxFault, 'fault'> & Partial<SandboxFault>

/** Over a connection that has just proved good, as in the middle of a day's work. */
async function meet(fault: Wish, draft: Partial<typeof accounts> & { deadline?: number } = {}) {
  expect((await at.call(accounts)).exchange?.response?.status).toBe(200)
  await at.set(fault)
  const outcome = await at.call({ ...accounts, ...draft })
  const log = await at.log()
  await at.set()
  return { ...outcome, faults: log[0]?.faults ?? [] }
}

describe('a fault that leaves no answer', () => {
  it.each<[Wish, string, RegExp, string]>([
    [{ fault: 'hang' }, 'DEADLINE', /gave no answer within 1500 ms/, 'unknown'],
    [{ fault: 'latency', parameters: { milliseconds: 60_000 } }, 'DEADLINE', /gave no answer/, 'unknown'],
    [{ fault: 'drip', parameters: { rate: 5 } }, 'DEADLINE', /did not finish its answer within 1500 ms/, 'answered'],
    [{ fault: 'reset' }, 'NETWORK_RESET', /unknown whether it received the request/, 'unknown'],
    [{ fault: 'reset', parameters: { after: 9 } }, 'NETWORK_RESET', /begun its answer/, 'answered'],
    [{ fault: 'half-close' }, 'NETWORK_RESET', /unknown whether it received the request/, 'unknown'],
    [{ fault: 'half-close', parameters: { after: 9 } }, 'NETWORK_RESET', /begun its answer/, 'answered'],
    [{ fault: 'tls-1-1' }, 'TLS_VERSION', /no TLS version of 1.2 or newer/, 'not-sent'],
    [{ fault: 'wrong-host-name' }, 'TLS_NAME', /certificate is not for 127.0.0.1/, 'not-sent'],
    [{ fault: 'expired-server-certificate' }, 'TLS_EXPIRED', /not valid at this time/, 'not-sent'],
  ])('%j is %s', async (fault, code, sentence, delivery) => {
    const outcome = await meet(fault, { deadline: 1500 })
    expect(outcome.fault?.code).toBe(code)
    expect(outcome.fault?.message).toMatch(sentence)
    expect(outcome.fault?.details).toMatchObject({ delivery })
    expect(outcome.faults).toEqual([fault.fault])
    // Nothing of it lingers.
    expect((await at.call(accounts)).exchange?.response?.status).toBe(200)
  })

  it.each([
    ['unknown-ca', '1.3', /does not know the CA that issued it/],
    ['certificate-expired', '1.3', /it has expired/],
    ['certificate-revoked', '1.3', /it is revoked/],
    ['unknown-ca', '1.2', /does not know the CA that issued it/],
  ])('the client certificate refused with %s under TLS %s is told as that', async (alert, version, sentence) => {
    const { fault } = await meet({ fault: 'client-certificate-refused', parameters: { alert, version } })
    expect(fault?.code).toBe('TLS_CLIENT_CERTIFICATE')
    expect(fault?.message).toMatch(sentence)
    expect(fault?.details.delivery).toBe(version === '1.3' ? 'refused' : 'not-sent')
  })

  it.each<[string, number]>([
    ['huge-body', 80_000_000],
    ['gzip-bomb', 2_000_000_000],
  ])('%s is stopped at the cap, counted after decompression', async (fault, size) => {
    const before = process.memoryUsage().rss
    const outcome = await meet({ fault, parameters: { size } })
    expect(outcome.fault?.code).toBe('RESPONSE_TOO_LARGE')
    expect(outcome.fault?.message).toContain('67108864 bytes')
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000)
  })
})

describe('a fault that answers', () => {
  it.each([500, 502, 503, 504])('%i is an exchange', async (status) => {
    const { exchange } = await meet({ fault: `status-${status}` })
    expect(exchange?.response?.status).toBe(status)
    expect(exchange?.delivery).toBe('answered')
  })

  it('429 keeps Retry-After, and is not repeated', async () => {
    const before = (await at.log()).length
    const { exchange } = await meet({ fault: 'too-many-requests', parameters: { 'retry-after': 3 } })
    expect(exchange?.response?.headers).toContainEqual(['retry-after', '3'])
    expect(await at.log()).toHaveLength(before + 2)
  })

  it('an empty 200 is shown as that', async () => {
    const { exchange } = await meet({ fault: 'empty-200' })
    expect(exchange?.response).toMatchObject({ status: 200, size: 0 })
  })

  it('HTML is text', async () => {
    const { exchange } = await meet({ fault: 'html' })
    expect(exchange?.response?.body).toContain('<script>')
  })

  it('invalid UTF-8 is kept to the byte', async () => {
    const whole = (await at.call(accounts)).exchange?.response?.size ?? 0
    const { exchange } = await meet({ fault: 'invalid-utf-8' })
    expect(exchange?.response).toMatchObject({ status: 200, size: whole + 3 })
  })

  it('duplicate keys are both there', async () => {
    const { exchange } = await meet({ fault: 'duplicate-keys' })
    expect(exchange?.response?.body?.match(/"accounts":/g)).toHaveLength(2)
  })

  it('a redirect is a result: nobody follows it with an identity', async () => {
    const { exchange } = await meet({ fault: 'redirect-elsewhere' })
    expect(exchange?.response?.status).toBe(302)
    expect(exchange?.findings.map(({ id }) => id)).toContain('redirect-not-followed')
    expect((await at.log()).filter(({ path }) => path === '/elsewhere')).toEqual([])
  })
})

describe('what changes something', () => {
  const lost: Wish = { fault: 'reset', operation: 'ica-payment-create', times: 1 }

  it('a payment whose answer is lost is unknown, not sent again, and found by its X-Request-ID', async () => {
    await at.authorise('payment')
    const { exchange: listed } = await at.call(accounts)
    const [account] = (JSON.parse(listed?.response?.body ?? '{}') as { accounts: { iban: string }[] }).accounts
    await at.set(lost)
    const requestId = randomUUID()
    const body = JSON.stringify({
      debtorAccount: { iban: account?.iban },
      instructedAmount: { currency: 'SEK', amount: '10.00' },
      creditorAccount: { iban: 'SE4550000000058398257466' },
      creditorName: 'Elbolaget AB',
      requestedExecutionDate: nextMonday(),
    })
    const { fault } = await at.call({
      operation: 'ica-payment-create',
      parameters: { paymentProduct: 'domestic-credit-transfers', 'PSU-IP-Address': '192.0.2.7' },
      headers: { 'X-Request-ID': requestId },
      body,
    })
    expect(fault?.code).toBe('NETWORK_RESET')
    expect(fault?.message).toContain('It is unknown whether it received the request.')
    const received = (await at.log()).filter(({ operation }) => operation === 'ica-payment-create')
    expect(received).toMatchObject([{ status: 0, faults: ['reset'], requestId }])
    const kept = await at.client.history.show({ id: String(fault?.details.exchange) })
    expect(JSON.stringify(kept)).toContain(requestId)
    expect(kept).toMatchObject({ delivery: 'unknown', response: null })
  })

  it('a refresh whose answer is lost ends in "authorise again", without a loop', async () => {
    const grant = await at.authorise('account')
    await at.set({ fault: 'lost-refresh-answer', times: 1 })
    const tokenCalls = async () =>
      (await at.log()).filter(({ operation }) => operation?.endsWith('token-refresh')).length
    const before = await tokenCalls()
    const refresh = () => met(at.client.access.refresh({ grant: grant.id }))
    expect((await refresh()).fault?.code).toBe('NETWORK_RESET')
    const second = await refresh()
    expect(second.fault?.code).toBe('ACCESS_TOKEN_LOST')
    expect(second.fault?.message).toContain('Authorise again')
    expect(await tokenCalls()).toBe(before + 2)
  })

  it('a callback without state is refused', async () => {
    await at.set({ fault: 'missing-state', times: 1 })
    const { fault } = await met(at.authorise('account'))
    expect(fault?.code).toBe('ACCESS_STATE')
  })
})

it('what is set is listed, and cleared', async () => {
  await at.set({ fault: 'hang', times: 2 })
  const { known, set } = await at.client.sandbox.faults({ tenant: at.tenant })
  expect(known.map(({ id }) => id)).toContain('gzip-bomb')
  expect(set).toEqual([{ bank, operation: '*', fault: 'hang', parameters: { 'carried-out': 'yes' }, times: 2 }])
  await at.set()
  expect((await at.client.sandbox.faults({ tenant: at.tenant })).set).toEqual([])
  const { fault } = await met(at.client.sandbox.faults({ set: [] }))
  expect(fault?.code).toBe('INPUT_INVALID')
})

function nextMonday(): string {
  const day = new Date(Date.now() + 7 * 86_400_000)
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7))
  return day.toISOString().slice(0, 10)
}
