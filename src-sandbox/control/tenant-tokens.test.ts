import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAuthority } from '#sandbox/signatures/testing/test-authority.ts'
import { makeRequest } from '#sandbox/testing/psd2-request.ts'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'
import { testControl } from '#sandbox/testing/test-control.ts'

let bench: TestBench
let token: string
beforeAll(async () => {
  bench = await openBench()
  const { status, json } = await bench.control.send('POST', '/tenants', { tenant: own })
  if (status !== 201) throw new Error(JSON.stringify(json))
  token = (json as { token: string }).token
})
afterAll(() => bench.close())

const own = 'PSDSE-FINA-5500000001'
const other = 'PSDSE-FINA-5500000002'
const send = (method: string, path: string, body?: unknown, bearer = token) =>
  testControl({ control: bench.sandbox.running.control, token: bearer }).send(method, path, body)

describe('the token of a tenant', () => {
  it.each<readonly [string, string, unknown, number]>([
    ['GET', '/health', undefined, 200],
    ['GET', `/tenants/${own}/clock`, undefined, 200],
    ['PUT', `/tenants/${own}/clock`, { offsetSeconds: 5 }, 200],
    ['GET', `/tenants/${own}/jumps`, undefined, 200],
    ['POST', `/tenants/${own}/jumps`, { jump: '31-seconds' }, 200],
    ['PUT', `/tenants/${own}/switches`, { 'ica-banken': ['customer-validation'] }, 200],
    ['PUT', `/tenants/${own}/faults`, [{ bank: 'ica-banken', fault: 'latency' }], 200],
    ['GET', `/tenants/${own}/log`, undefined, 200],
    ['GET', `/tenants/${own}/state`, undefined, 200],
    ['GET', `/tenants/${own}/snapshot`, undefined, 200],
    ['POST', `/tenants/${own}/reset`, undefined, 204],
    ['GET', '/banks/ica-banken/customers', undefined, 200],
    ['GET', '/faults', undefined, 200],
  ])('lets its holder %s %s', async (method, path, body, status) => {
    expect((await send(method, path, body)).status).toBe(status)
  })

  it.each<readonly [string, string, unknown]>([
    ['GET', `/tenants/${other}/clock`, undefined],
    ['PUT', `/tenants/${other}/clock`, { offsetSeconds: 5 }],
    ['PUT', `/tenants/${other}/switches`, {}],
    ['GET', `/tenants/${other}/log`, undefined],
    ['GET', `/tenants/${other}/state`, undefined],
    ['GET', `/tenants/${other}/snapshot`, undefined],
    ['PUT', `/tenants/${other}/snapshot`, {}],
    ['POST', `/tenants/${other}/reset`, undefined],
    ['GET', '/tenants/-/log', undefined],
    ['GET', `/tenants/${encodeURIComponent(`${own}/../${other}`)}/log`, undefined],
    ['POST', '/tenants', { tenant: other }],
    ['PUT', `/tenants/${own}/faults`, [{ bank: 'ica-banken', fault: 'tls-1-1' }]],
  ])('refuses its holder %s %s', async (method, path, body) => {
    const answer = await send(method, path, body)
    expect(answer).toMatchObject({ status: 403, json: { message: expect.stringContaining(`steers ${own} only`) } })
  })

  it('orders certificates and uses the portal for its own organisation only', async () => {
    const order = async (organizationIdentifier: string) => {
      const { csr } = await makeRequest({ organizationIdentifier })
      return await send('POST', '/qtsp/certificates', { csr, kind: 'QWAC' })
    }
    const issued = await order(own)
    expect(issued.status).toBe(201)
    expect((await order(other)).status).toBe(403)
    const { certificate: foreign } = await bench.control.order(other)
    const upload = (certificate: string) => send('POST', '/banks/ica-banken/portal/certificates', { certificate })
    expect((await upload((issued.json as { certificate: string }).certificate)).status).toBe(201)
    expect((await upload(foreign)).status).toBe(403)
  })

  it('lists no tenant but its own', async () => {
    const { json } = await send('GET', '/tenants')
    expect((json as { tenant: string }[]).map(({ tenant }) => tenant)).toEqual([own])
    const all = (await bench.control.send('GET', '/tenants')).json as { tenant: string }[]
    expect(all.length).toBeGreaterThan(1)
  })

  it('is the same each time, and no other will do', async () => {
    const again = await bench.control.send('POST', '/tenants', { tenant: own })
    expect(again.json).toEqual({ tenant: own, token })
    const [word = '', name = '', proof = ''] = token.split('.')
    const flipped = `${proof.startsWith('A') ? 'B' : 'A'}${proof.slice(1)}`
    const renamed = Buffer.from(other).toString('base64url')
    for (const forged of [`${word}.${name}.${flipped}`, `${word}.${renamed}.${proof}`, `${word}.${name}.`, 'tenant..'])
      expect((await send('GET', '/health', undefined, forged)).status).toBe(401)
  })

  it('clicks for a customer, but leaves the callback to whoever it belongs to', async () => {
    let calls = 0
    const server = createServer((_request, response) => {
      calls += 1
      response.end('back')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
    const identity = await bench.identity()
    const tpp = bench.tpp(identity)
    const oid = identity.organizationIdentifier
    await tpp.call('ica-register-client', { body: { oid, callbackUri: [redirectUri] } })
    const { json } = await bench.control.send('POST', '/tenants', { tenant: oid })
    const holder = (json as { token: string }).token
    const click = (bearer: string) => {
      const url = bench.authorizeUrl(tpp, { redirectUri }).href
      return send('POST', '/banks/ica-banken/psu', { url, psu: 'Anna Andersson' }, bearer)
    }
    expect(await click(holder)).toMatchObject({
      status: 200,
      json: { redirectedTo: redirectUri, callbackStatus: null, callback: expect.stringContaining(`${redirectUri}?`) },
    })
    expect(calls).toBe(0)
    const { json: clicked } = await click(bench.sandbox.running.token)
    expect(clicked).toMatchObject({ redirectedTo: redirectUri, callbackStatus: 200 })
    expect(clicked).not.toHaveProperty('callback')
    expect(calls).toBe(1)
    server.close()
  })
})

describe('a name nobody can be a tenant by', () => {
  it.each(['-', '', 'a b', 'x'.repeat(101)])('%j is refused', async (tenant) => {
    expect((await bench.control.send('POST', '/tenants', { tenant })).status).toBe(400)
  })
})

describe('a certificate anybody can make', () => {
  it('is judged, and makes no tenant', async () => {
    const { leaf } = await makeAuthority([{ O: ['Local sandbox QTSP'] }, { CN: ['Forged issuing CA'] }])
    const { key, certificate } = await leaf({ kind: 'QWAC' })
    const organizationIdentifier = 'PSDNO-FSA-987654321'
    const forged = bench.tpp({ organizationIdentifier, key, certificate: certificate.toString() })
    const answer = await forged.call('ica-register-client', { body: { oid: organizationIdentifier, callbackUri: [] } })
    expect(answer.status).toBe(400)
    expect(await bench.control.lastReason('-')).toContain('did not send the intermediate')
    const { json } = await bench.control.send('GET', '/tenants')
    expect((json as { tenant: string }[]).map(({ tenant }) => tenant)).not.toContain(organizationIdentifier)
  })
})
