import { X509Certificate } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as x509 from '#sandbox/pki/x509.ts'
import { makeRequest, qcStatements, type RequestOptions } from '#sandbox/testing/psd2-request.ts'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const oid = 'PSDSE-FINA-control'

describe('the guard', () => {
  const health = (headers: Record<string, string>) => bench.control.send('GET', '/health', undefined, headers)

  it('lets the holder of the token in', async () => {
    expect(await health({})).toEqual({ status: 200, json: { ok: true, pid: bench.sandbox.running.pid } })
  })

  it.each([
    ['a wrong token', { authorization: 'Bearer wrong' }, 401],
    ['no token', { authorization: '' }, 401],
    ['another page', { origin: 'http://127.0.0.1:4000' }, 403],
    ['a browser', { 'sec-fetch-site': 'same-origin' }, 403],
  ])('refuses %s', async (_name, headers, status) => {
    const answer = await health(headers)
    expect(answer).toMatchObject({ status, json: { error: expect.any(String), message: expect.any(String) } })
  })

  it.each(['rebind.example', 'localhost', '127.0.0.1:1', '127.0.0.1.:80'])('refuses Host %j', async (host) => {
    const { port } = new URL(bench.sandbox.running.control)
    const status = await new Promise((resolve) => {
      request({ host: '127.0.0.1', port, path: '/qtsp/crl.der', headers: { host } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    expect(status).toBe(421)
  })

  it.each([
    [
      'two Host headers',
      (host: string) => `GET /qtsp/crl.der HTTP/1.1\r\nHost: ${host}\r\nHost: ${host}\r\n`,
      /^HTTP\/1\.1 4/,
    ],
    [
      'an absolute target',
      (host: string) => `GET http://${host}/qtsp/crl.der HTTP/1.1\r\nHost: ${host}\r\n`,
      /^HTTP\/1\.1 421/,
    ],
    ['no Host', () => 'GET /qtsp/crl.der HTTP/1.1\r\n', /^HTTP\/1\.1 4/],
    ['HTTP/1.0 without Host', () => 'GET /qtsp/crl.der HTTP/1.0\r\n', /^HTTP\/1\.1 421/],
  ])('refuses %s', async (_name, head, answer) => {
    const { host, port } = new URL(bench.sandbox.running.control)
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${head(host)}Connection: close\r\n\r\n`))
      let received = ''
      socket.on('data', (part) => {
        received += part.toString('latin1')
      })
      socket.on('close', () => resolve(received))
    })
    expect(text).toMatch(answer)
  })

  it('takes JSON only and answers no preflight', async () => {
    const text = await bench.control.send(
      'PUT',
      `/tenants/${oid}/clock`,
      { offsetSeconds: 1 },
      { 'content-type': 'text/plain' },
    )
    expect(text.status).toBe(415)
    const preflight = await fetch(`${bench.sandbox.running.control}/health`, { method: 'OPTIONS' })
    expect(preflight.status).toBe(401)
    expect(preflight.headers.has('access-control-allow-origin')).toBe(false)
  })
})

describe('tenants', () => {
  it('have a clock, switches and a log of their own', async () => {
    await bench.control.moveClock(oid, -60)
    await bench.control.switchOn(oid, 'customer-validation')
    expect((await bench.control.send('GET', `/tenants/${oid}/clock`)).json).toEqual({ offsetSeconds: -60 })
    expect((await bench.control.send('GET', `/tenants/${oid}/switches`)).json).toEqual({
      'ica-banken': ['customer-validation'],
    })
    expect((await bench.control.send('GET', '/tenants/PSDSE-FINA-nobody/clock')).json).toEqual({ offsetSeconds: 0 })
    expect((await bench.control.send('GET', '/tenants/PSDSE-FINA-nobody/log')).json).toEqual([])
  })

  it.each([
    ['an unknown switch', `/tenants/${oid}/switches`, { 'ica-banken': ['no-such'] }, 400],
    ['an unknown bank', `/tenants/${oid}/switches`, { 'no-bank': [] }, 404],
    ['a wrong clock', `/tenants/${oid}/clock`, { offsetSeconds: 'soon' }, 400],
    ['a field too many', `/tenants/${oid}/clock`, { offsetSeconds: 1, more: 1 }, 400],
  ])('refuse %s', async (_name, path, body, status) => {
    expect((await bench.control.send('PUT', path, body)).status).toBe(status)
  })

  it('log who called what and why it was answered so', async () => {
    const tpp = await bench.registered()
    await tpp.call('ica-accounts-list', { headers: { 'x-request-id': '99391c7e-ad88-49ec-a2ad-99ddcb1f7721' } })
    const { json } = await bench.control.send('GET', `/tenants/${tpp.organizationIdentifier}/log`)
    expect((json as unknown[])[0]).toMatchObject({
      bank: 'ica-banken',
      operation: 'ica-accounts-list',
      method: 'GET',
      status: 401,
      clientCertificate: expect.stringMatching(/^[0-9a-f]{64}$/),
      reason: 'ica-general-not-authenticated: there is no Authorization header with a Bearer token',
      requestId: '99391c7e-ad88-49ec-a2ad-99ddcb1f7721',
    })
  })

  it('log no personal number, code or token', async () => {
    const tpp = await bench.registered()
    const tokens = await bench.tokens(tpp, 'account')
    const text = JSON.stringify((await bench.control.send('GET', `/tenants/${tpp.organizationIdentifier}/log`)).json)
    for (const secret of ['197202022385', tokens.access, tokens.refresh]) expect(text).not.toContain(secret)
    expect(text).toContain('ica-oauth-token-authorization-code')
  })

  it('start over after a reset, with the portal as it was', async () => {
    const identity = await bench.identity()
    const tpp = bench.tpp(identity)
    const body = { oid: identity.organizationIdentifier, callbackUri: ['https://tpp.example/cb'] }
    expect((await tpp.call('ica-register-client', { body })).status).toBe(201)
    expect((await tpp.call('ica-register-client', { body })).status).toBe(400)
    expect((await bench.control.send('POST', `/tenants/${identity.organizationIdentifier}/reset`)).status).toBe(204)
    expect((await tpp.call('ica-register-client', { body })).status).toBe(201)
  })
})

describe('banks', () => {
  it('name their customers', async () => {
    const { json } = await bench.control.send('GET', '/banks/ica-banken/customers')
    expect((json as unknown[])[0]).toMatchObject({ name: 'Anna Andersson', parameters: { ssn: '197202022385' } })
    expect((await bench.control.send('GET', '/banks/no-bank/customers')).status).toBe(404)
  })

  it('refuse a private key in the portal', async () => {
    const { key } = await makeRequest()
    const { status, json } = await bench.control.send('POST', '/banks/ica-banken/portal/certificates', {
      certificate: key,
    })
    expect(status).toBe(400)
    expect(json).toMatchObject({ error: 'private_key_sent' })
  })
})

describe('the QTSP', () => {
  const order = async (options: RequestOptions, body: object = {}) => {
    const { csr } = await makeRequest(options)
    return await bench.control.send('POST', '/qtsp/certificates', { csr, kind: 'QWAC', ...body })
  }
  const rsa = (modulusLength: number) => ({
    algorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent: new Uint8Array([1, 0, 1]) },
  })
  const leafOf = ({ json }: { json: unknown }) =>
    new x509.X509Certificate((json as { certificate: string }).certificate)

  it.each([
    ['QWAC', true],
    ['QSEAL', false],
  ])('issues a %s that takes over subject and roles', async (kind, forTls) => {
    const answer = await order({ organizationIdentifier: 'PSDSE-FINA-7' }, { kind, days: 30 })
    const leaf = leafOf(answer)
    expect(leaf.subjectName.getField('2.5.4.97')).toEqual(['PSDSE-FINA-7'])
    expect(Buffer.from(leaf.getExtension('1.3.6.1.5.5.7.1.3')?.value ?? new ArrayBuffer())).toEqual(qcStatements)
    expect(leaf.getExtension(x509.ExtendedKeyUsageExtension) !== null).toBe(forTls)
    expect(leaf.notAfter.getTime() - Date.now()).toBeCloseTo(30 * 86_400_000, -5)
    const { chain } = answer.json as { chain: string[] }
    const [issuer, root] = chain.map((pem) => new X509Certificate(pem))
    const node = new X509Certificate(leaf.toString('pem'))
    expect(issuer && node.checkIssued(issuer) && node.verify(issuer.publicKey)).toBe(true)
    expect(root && issuer?.checkIssued(root)).toBe(true)
  })

  it('takes RSA-2048 and P-384, and nothing weaker', async () => {
    expect((await order(rsa(2048))).status).toBe(201)
    expect((await order({ algorithm: { name: 'ECDSA', namedCurve: 'P-384' } })).status).toBe(201)
    expect(await order(rsa(1024))).toMatchObject({ status: 400, json: { error: 'csr_refused' } })
    expect((await order({ algorithm: { name: 'ECDSA', namedCurve: 'P-521' } })).status).toBe(400)
  })

  it.each([
    ['without organizationIdentifier', { organizationIdentifier: null }],
    ['without QCStatements', { withQcStatements: false }],
  ])('refuses a request %s', async (_name, options) => {
    expect(await order(options)).toMatchObject({ status: 400, json: { error: 'csr_refused' } })
  })

  it('refuses a request whose signature is not its key’s', async () => {
    const { csr } = await makeRequest()
    const der = Buffer.from(x509.PemConverter.decodeFirst(csr))
    const at = der.length - 5
    der[at] = (der[at] ?? 0) ^ 1
    const broken = x509.PemConverter.encode(der, 'CERTIFICATE REQUEST')
    const answer = await bench.control.send('POST', '/qtsp/certificates', { csr: broken, kind: 'QWAC' })
    expect(answer.status).toBe(400)
  })

  it('publishes what it revoked where the certificate says', async () => {
    const leaf = leafOf(await order({}, { profile: 'revoked' }))
    const [point] = leaf.getExtension(x509.CRLDistributionPointsExtension)?.distributionPoints ?? []
    const url = point?.distributionPoint?.fullName?.[0]?.uniformResourceIdentifier ?? ''
    expect(url).toBe(`${bench.sandbox.running.control}/qtsp/crl.der`)
    const list = new x509.X509Crl(await (await fetch(url)).arrayBuffer())
    expect(list.findRevoked(leaf)).not.toBeNull()
    expect(list.findRevoked(leafOf(await order({})))).toBeNull()
  })
})
