/** The transport against a real nginx and a real openssl s_server in each state: the right sentence for each. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Credential, createTestAuthority, type TestAuthority } from '../../test/pki/test-authority.ts'
import { type NginxState, startNginx, whyNoNginx } from '../../test/servers/nginx.ts'
import { type OpensslState, startOpenssl, whyNoOpenssl } from '../../test/servers/openssl-server.ts'
import type { RunningServer } from '../../test/servers/server-program.ts'
import { aRequest, createTestBank, type TestBank } from '../../test/servers/test-bank.ts'
import type { CallReport } from './call.ts'
import type { Connection } from './connect.ts'
import { createTransport } from './transport.ts'

let bank: TestBank
let stranger: TestAuthority
let known: Credential
let unknown: Credential
let expired: Credential
const transport = createTransport()
const running: RunningServer[] = []

beforeAll(async () => {
  bank = await createTestBank()
  stranger = await createTestAuthority('Stranger CA')
  known = bank.client
  unknown = await stranger.leaf({ name: 'nobody' })
  expired = await bank.authority.leaf({ name: 'old', from: -30, until: -1 })
})
afterEach(async () => {
  await transport.close()
  await Promise.all(running.splice(0).map((server) => server.stop()))
})
afterAll(() => bank.stop())

const send = (server: RunningServer, connection: Connection, path = '/'): Promise<CallReport> => {
  running.push(server)
  return transport.send(aRequest(server.origin + path), connection)
}

describe.skipIf(whyNoNginx() !== null)('nginx', () => {
  const nginx = (state: Partial<NginxState> = {}) =>
    startNginx({ credential: bank.server, clientCa: bank.authority.ca, ...state })
  const required = { lines: ['ssl_verify_client on;'] }

  it('takes the client certificate it requires', async () => {
    const location = ['return 200 "$ssl_client_verify $ssl_client_s_dn";']
    const report = await send(await nginx({ ...required, location }), bank.as(known))
    expect(report.answer?.body.toString()).toBe('SUCCESS CN=tpp')
    expect(report.tls).toMatchObject({ clientCertificateAsked: true, clientCertificate: { sha256: known.sha256 } })
    expect(report.findings).toEqual([])
  })

  it.each(['optional', 'optional_no_ca'])(
    'says that a certificate was asked for and none sent (%s)',
    async (verify) => {
      const report = await send(await nginx({ lines: [`ssl_verify_client ${verify};`] }), bank.anonymous())
      expect(report.answer?.status).toBe(200)
      expect(report.tls).toMatchObject({ clientCertificateAsked: true, clientCertificate: null })
    },
  )

  it.each(['TLSv1.2', 'TLSv1.3'])('explains its page for a missing certificate (%s)', async (version) => {
    const lines = [...required.lines, `ssl_protocols ${version};`]
    const report = await send(await nginx({ lines }), bank.anonymous())
    expect(report.answer?.status).toBe(400)
    expect(report.answer?.body.toString()).toContain('No required SSL certificate was sent')
    expect(report.findings).toMatchObject([{ id: 'client-certificate-missing', severity: 'error' }])
    expect(report.findings[0]?.message).toContain('none was sent')
    expect(report.findings[0]?.remedy).toContain('Choose an identity')
  })

  it.each([
    ['of a CA it does not know', () => unknown],
    ['that has expired', () => expired],
  ])('explains its page for a certificate %s', async (_what, credential) => {
    const report = await send(await nginx(required), bank.as(credential()))
    expect(report.answer?.status).toBe(400)
    expect(report.findings).toMatchObject([{ id: 'client-certificate-refused' }])
  })

  it('explains its page for plain HTTP on its TLS port, which a gateway may send on', async () => {
    const behind = await nginx()
    running.push(behind)
    const gateway = await nginx({ location: [`proxy_pass http://127.0.0.1:${behind.port};`] })
    const report = await send(gateway, bank.anonymous())
    expect(report.answer?.status).toBe(400)
    expect(report.findings).toMatchObject([{ id: 'plain-http-behind-tls' }])
  })

  it('names a certificate for another host, and shows it', async () => {
    const credential = await bank.authority.leaf({ name: 'elsewhere', hosts: ['bank.example'] })
    const report = await send(await nginx({ credential }), bank.as(known))
    expect(report.fault?.code).toBe('TLS_NAME')
    expect(report.tls?.serverChain[0]).toMatchObject({ subject: 'CN=elsewhere', sha256: credential.sha256 })
    expect(report.delivery).toBe('not-sent')
  })

  it('names an expired certificate, and shows until when it was valid', async () => {
    const report = await send(await nginx({ credential: expired }), bank.as(known))
    expect(report.fault?.code).toBe('TLS_EXPIRED')
    expect(report.fault?.message).toContain("this machine's clock")
    expect(Date.parse(report.tls?.serverChain[0]?.notAfter ?? '')).toBeLessThan(Date.now())
  })

  it('names a certificate of a CA nobody trusts here', async () => {
    const credential = await stranger.leaf({ name: 'bank' })
    const report = await send(await nginx({ credential }), bank.as(known))
    expect(report.fault?.code).toBe('TLS_CHAIN')
    expect(report.fault?.message).toContain("Add the bank's CA to the environment")
    expect(report.tls?.serverChain[0]?.issuer).toBe('CN=Stranger CA')
  })

  it('refuses TLS 1.1', async () => {
    const lines = ['ssl_protocols TLSv1.1;', 'ssl_ciphers DEFAULT@SECLEVEL=0;']
    const report = await send(await nginx({ lines }), bank.as(known))
    expect(report.fault?.code).toBe('TLS_VERSION')
    expect(report.delivery).toBe('not-sent')
  })

  it('names a port without TLS', async () => {
    const report = await send(await nginx({ plain: true }), bank.as(known))
    expect(report.fault?.code).toBe('TLS_NOT_SPOKEN')
    expect(report.fault?.message).toContain('Check the port')
  })

  it('shows a redirect as a result, and its target sees nothing', async () => {
    let visits = 0
    const target = await bank.serve((_incoming, response) => response.end())
    bank.last().on('connection', () => {
      visits += 1
    })
    const report = await send(await nginx({ location: [`return 307 ${target}/elsewhere;`] }), bank.as(known))
    expect(report.answer?.status).toBe(307)
    expect(report.findings).toMatchObject([{ id: 'redirect-not-followed', severity: 'note' }])
    expect(report.findings[0]?.message).toContain(new URL(target).host)
    expect(visits).toBe(0)
  })

  it('makes one handshake for a run, and resumes the session after a closed connection', async () => {
    const location = ['return 200 "$ssl_session_reused $connection";']
    const server = await nginx({ ...required, location, lines: [...required.lines, 'keepalive_requests 20;'] })
    const connection = bank.as(known)
    const reports: CallReport[] = [await send(server, connection)]
    for (let round = 1; round < 50; round++) reports.push(await transport.send(aRequest(server.origin), connection))
    const fresh = reports.filter((report) => report.timings.tls > 0)
    expect(reports.every((report) => report.answer?.status === 200)).toBe(true)
    expect(fresh.map((report) => report.tls?.resumed)).toEqual([false, true, true])
    expect(fresh.map((report) => report.answer?.body.toString().split(' ')[0])).toEqual(['.', 'r', 'r'])
    // A resumed session asks for nothing: what its full handshake said holds.
    expect(fresh.map((report) => report.tls?.clientCertificateAsked)).toEqual([true, true, true])
    expect(fresh.at(-1)?.tls?.clientCertificate?.sha256).toBe(known.sha256)
  })

  it('shares neither connection nor session between identities, nor over a lock', async () => {
    const location = ['return 200 "$ssl_client_s_dn $ssl_session_reused $connection";']
    const server = await nginx({ ...required, location })
    const other = await bank.authority.leaf({ name: 'other' })
    const one = bank.as(known, 'one')
    const two = bank.as(other, 'two')
    const said: string[] = []
    running.push(server)
    for (const connection of [one, two, one, two])
      said.push((await transport.send(aRequest(server.origin), connection)).answer?.body.toString() ?? '')
    expect(said.map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual([
      'CN=tpp .',
      'CN=other .',
      'CN=tpp .',
      'CN=other .',
    ])
    expect(new Set(said).size).toBe(2)
    await transport.close()
    const after = await transport.send(aRequest(server.origin), one)
    expect(after.tls?.resumed).toBe(false)
    expect(after.answer?.body.toString()).toMatch(/^CN=tpp \. /)
  })
})

describe.skipIf(whyNoOpenssl() !== null)('openssl s_server', () => {
  const openssl = (...options: string[]) =>
    startOpenssl({ credential: bank.server, clientCa: bank.authority.ca, options } satisfies OpensslState)
  const versions = [
    ['TLS 1.2', '-tls1_2'],
    ['TLS 1.3', '-tls1_3'],
  ] as const

  it.each(versions)('takes the certificate it requires (%s)', async (_name, version) => {
    const report = await send(await openssl(version, '-Verify', '1', '-verify_return_error'), bank.as(known))
    expect(report.answer?.body.toString()).toContain('Subject: CN=tpp')
    expect(report.tls).toMatchObject({ clientCertificateAsked: true, clientCertificate: { sha256: known.sha256 } })
  })

  it.each(versions)('names a missing certificate (%s)', async (_name, version) => {
    const report = await send(await openssl(version, '-Verify', '1', '-verify_return_error'), bank.anonymous())
    expect(report.fault?.code).toBe('TLS_CLIENT_CERTIFICATE')
    expect(report.fault?.message).toContain('none was sent')
    expect(report.tls?.clientCertificateAsked ?? true).toBe(true)
  })

  it.each(versions)('names a certificate of a CA it does not know (%s)', async (_name, version) => {
    const report = await send(await openssl(version, '-Verify', '1', '-verify_return_error'), bank.as(unknown))
    expect(report.fault?.code).toBe('TLS_CLIENT_CERTIFICATE')
    expect(report.fault?.message).toMatch(/bank probably refused the client certificate/)
    // Under TLS 1.3 the request is on its way by then, and whether the alert or the reset comes first is chance.
    expect(report.delivery).toMatch(version === '-tls1_2' ? 'not-sent' : /^(refused|unknown)$/)
  })

  it.each(versions)('names an expired certificate (%s)', async (_name, version) => {
    const report = await send(await openssl(version, '-Verify', '1', '-verify_return_error'), bank.as(expired))
    expect(report.fault?.code).toBe('TLS_CLIENT_CERTIFICATE')
    expect(report.fault?.message).toContain('bank probably refused')
    if (version === '-tls1_2') expect(report.fault?.message).toContain('it has expired')
  })

  it.each(versions)(
    'knows when OpenSSL sends no certificate, since its key fits nothing asked for (%s)',
    async (_, version) => {
      const options = [version, '-client_sigalgs', 'RSA+SHA256:RSA-PSS+SHA256', '-Verify', '1', '-verify_return_error']
      const report = await send(await openssl(...options), bank.as(known))
      expect(report.fault?.code).toBe('TLS_CLIENT_CERTIFICATE')
      const lenient = [version, '-client_sigalgs', 'RSA+SHA256:RSA-PSS+SHA256', '-verify', '1']
      const taken = await send(await openssl(...lenient), bank.as(known, 'two'))
      expect(taken.answer?.status).toBe(200)
      expect(taken.tls).toMatchObject({ clientCertificateAsked: true, clientCertificate: null })
    },
  )

  it('refuses TLS 1.1', async () => {
    const options = ['-no_tls1_2', '-no_tls1_3', '-cipher', 'DEFAULT@SECLEVEL=0']
    expect((await send(await openssl(...options), bank.as(known))).fault?.code).toBe('TLS_VERSION')
  })

  it('does not blame the certificate when no cipher is shared', async () => {
    const report = await send(await openssl('-tls1_2', '-cipher', 'ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0'), bank.as(known))
    expect(report.fault?.code).toBe('TLS_FAILED')
    expect(report.fault?.message).toContain('before it asked for a certificate')
  })
})
