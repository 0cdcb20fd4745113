// What a draft does otherwise than the operation, as a real server receives it.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Bench, openBench, startTestBank, type TestBank } from '../../test/access/access-bench.ts'

let bank: TestBank
let bench: Bench
beforeAll(async () => {
  bank = await startTestBank()
  bank.answer = () => ({ status: 200, body: {} })
  bench = openBench(bank)
})
afterEach(() => {
  bank.received.length = 0
})
afterAll(async () => {
  await bench.close()
  await bank.close()
})

const payment = {
  bank: 'bank-of-georgia',
  operation: 'bog-payment-initiate',
  parameters: { 'payment-service': 'payments', 'payment-product': 'domestic', 'PSU-IP-Address': '192.0.2.44' },
  body: '{"instructedAmount":{"currency":"GEL","amount":"12.50"}}',
  grant: 'none',
  insist: true,
}

const findingIds = (exchange: { findings: { id: string }[] }): string[] => exchange.findings.map(({ id }) => id)

it('sends what it is told to leave out under no name, whoever makes it, and says so', async () => {
  const exchange = await bench.call({
    ...payment,
    omit: ['x-request-ID', 'X-JWS-Signature', 'psu-ip-address', 'User-Agent'],
  })
  const { headers } = bank.received[0]!
  for (const name of ['x-request-id', 'x-jws-signature', 'psu-ip-address', 'user-agent'])
    expect(headers).not.toHaveProperty(name)
  expect(headers.digest).toMatch(/^SHA-256=/i)
  expect(exchange.request.headers.map(([name]) => name.toLowerCase())).not.toContain('x-jws-signature')
  expect(findingIds(exchange).filter((id) => id === 'header-omitted')).toHaveLength(4)
})

it('signs first and takes away then: the signature goes on covering what is gone', async () => {
  const exchange = await bench.call({ ...payment, omit: ['X-Request-ID'] })
  expect(exchange.signature?.signedHeaders).toContain('x-request-id')
  expect(exchange.signature?.signingString).toMatch(/(^|\n)x-request-id: [0-9a-f-]{36}/)
  expect(bank.received[0]!.headers).toHaveProperty('x-jws-signature')
  expect(bank.received[0]!.headers).not.toHaveProperty('x-request-id')
})

it('sends another method and another path, below the same base URL', async () => {
  const exchange = await bench.call({ ...payment, method: 'PUT', path: '/v9/else?where=1' })
  expect(bank.received[0]).toMatchObject({ method: 'PUT', path: '/v9/else?where=1' })
  expect(exchange.request).toMatchObject({ method: 'PUT', url: `${bank.origin}/v9/else?where=1` })
  expect(findingIds(exchange)).toEqual(expect.arrayContaining(['method-changed', 'path-changed']))
})

it('changes nothing where nothing is asked for', async () => {
  const exchange = await bench.call(payment)
  expect(bank.received[0]).toMatchObject({ method: 'POST', path: '/v1/payments/domestic' })
  expect(findingIds(exchange).filter((id) => /omitted|changed/.test(id))).toEqual([])
})

it('does not miss what is left out on purpose, and takes it for absent', async () => {
  const { 'PSU-IP-Address': _, ...parameters } = payment.parameters
  const bare = { ...payment, parameters, identity: 'none' }
  const missed = ['parameter-missing', 'signature-missing']
  expect(findingIds(await bench.call(bare))).toEqual(expect.arrayContaining(missed))
  const onPurpose = findingIds(await bench.call({ ...bare, omit: ['psu-ip-address', 'X-JWS-Signature'] }))
  expect(onPurpose.filter((id) => missed.includes(id))).toEqual([])
})

it('does not miss a token where the header for it is left out on purpose', async () => {
  const accounts = { bank: 'ica-banken', operation: 'ica-accounts-list', grant: 'none', insist: true }
  expect(findingIds(await bench.call(accounts))).toContain('token-missing')
  expect(findingIds(await bench.call({ ...accounts, omit: ['Authorization'] }))).not.toContain('token-missing')
})

it('needs no value for a path it does not ask for', async () => {
  const parameters = { 'PSU-IP-Address': '192.0.2.44' }
  const exchange = await bench.call({ ...payment, parameters, path: '/v9/else' })
  expect(bank.received.map(({ path }) => path)).toEqual(['/v9/else'])
  expect(findingIds(exchange)).not.toContain('parameter-missing')
})

it.each([
  [{ method: 'get it' }, 'method'],
  [{ path: 'v1/accounts' }, 'path'],
  [{ path: 'https://elsewhere.example/' }, 'path'],
])('refuses %j', async (change, field) => {
  await expect(bench.call({ ...payment, ...change })).rejects.toThrow(field)
  expect(bank.received).toEqual([])
})
