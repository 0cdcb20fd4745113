/** The way through a proxy: the bank gets the certificate, the proxy sees a host name and encrypted bytes. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '#shared/fault.ts'
import { type ProxyState, type RunningProxy, startConnectProxy } from '../../test/servers/connect-proxy.ts'
import { freePort } from '../../test/servers/server-program.ts'
import { aRequest, createTestBank, type TestBank } from '../../test/servers/test-bank.ts'
import { createTransport } from './transport.ts'

let bank: TestBank
const transport = createTransport()
const proxies: RunningProxy[] = []

beforeAll(async () => {
  bank = await createTestBank()
})
afterEach(async () => {
  await transport.close()
  await bank.stop()
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()))
})
afterAll(() => transport.close())

const proxyIn = async (state: ProxyState = {}): Promise<RunningProxy> => {
  const proxy = await startConnectProxy(state)
  proxies.push(proxy)
  return proxy
}

const peer = (incoming: import('node:http').IncomingMessage) =>
  (incoming.socket as import('node:tls').TLSSocket).getPeerX509Certificate()?.subject ?? 'none'

describe('through a proxy', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'the bank sees the certificate and the proxy does not (%s)',
    async (version) => {
      const proxy = await proxyIn()
      const origin = await bank.serve((incoming, response) => response.end(peer(incoming)), { maxVersion: version })
      const headers: [string, string][] = [['Authorization', 'Bearer CANARY-token']]
      const connection = bank.as(bank.client, 'one', { proxy: { url: proxy.url } })
      const first = await transport.send(aRequest(origin, { headers }), connection)
      const second = await transport.send(aRequest(origin, { headers }), connection)
      expect(first.answer?.body.toString()).toBe('CN=tpp')
      expect(proxy.asked).toEqual([expect.stringMatching(`^CONNECT ${new URL(origin).host} HTTP/1.1\r\nHost: `)])
      expect(proxy.asked.join()).not.toContain('CANARY')
      expect(proxy.seen().toString('latin1')).not.toContain('CANARY')
      // Under TLS 1.2 certificates cross in the clear: the proxy may carry them, it is never asked for or offered one.
      expect(proxy.tunnels()).toBe(1)
      expect(second.timings).toMatchObject({ tcp: 0, tls: 0 })
      expect(first.tls?.serverChain[0]?.sha256).toBe(bank.server.sha256)
    },
  )

  it('gives its credentials to the proxy only, and asks for them anew for each tunnel', async () => {
    const proxy = await proxyIn({ credentials: 'tpp:CANARY-proxy' })
    const seen: string[] = []
    const origin = await bank.serve((incoming, response) => {
      seen.push(JSON.stringify(incoming.rawHeaders))
      response.setHeader('connection', 'close')
      response.end()
    })
    let asked = 0
    const credentials = () => {
      asked += 1
      return Promise.resolve({ user: 'tpp', password: 'CANARY-proxy' })
    }
    const connection = bank.as(bank.client, 'one', { proxy: { url: proxy.url, credentials } })
    expect((await transport.send(aRequest(origin), connection)).answer?.status).toBe(200)
    expect((await transport.send(aRequest(origin), connection)).answer?.status).toBe(200)
    expect(asked).toBe(2)
    expect(seen.join()).not.toContain('CANARY')
    expect(seen.join().toLowerCase()).not.toContain('proxy-authorization')
  })

  it('names the proxy that wants credentials, refuses, or is none', async () => {
    const origin = await bank.serve((_incoming, response) => response.end())
    const faultWith = async (state: ProxyState) => {
      const { url } = await proxyIn(state)
      const report = await transport.send(aRequest(origin), bank.as(bank.client, 'one', { proxy: { url } }))
      expect(report).toMatchObject({ answer: null, delivery: 'not-sent', phase: 'proxy' })
      expect(report.fault?.code).toBe('NETWORK_PROXY')
      expect(report.fault?.details.proxy).toBe(new URL(url).host)
      expect(report.fault?.message).toContain(new URL(url).host)
      return report.fault?.message
    }
    expect(await faultWith({ credentials: 'a:b' })).toMatch(/wants a user and a password \(407\)/)
    expect(await faultWith({ refuse: 'HTTP/1.1 403 Forbidden\r\n\r\n' })).toMatch(/answered 403.*runs the proxy/)
    expect(await faultWith({ refuse: 'SSH-2.0-OpenSSH_9.2\r\n\r\n' })).toMatch(/does not answer as an HTTP proxy/)
    expect(await faultWith({ refuse: 'x'.repeat(20_000) })).toMatch(/does not answer as an HTTP proxy/)
  })

  it('names a proxy that is not there, or whose name nobody knows', async () => {
    const origin = await bank.serve((_incoming, response) => response.end())
    const gone = `http://127.0.0.1:${await freePort()}`
    const refused = await transport.send(aRequest(origin), bank.as(bank.client, 'one', { proxy: { url: gone } }))
    expect(refused.fault?.code).toBe('NETWORK_PROXY')
    expect(refused.fault?.message).toContain(`The proxy ${new URL(gone).host} opened no way`)
    expect(refused.fault?.message).toContain('nothing accepts connections')
    const nameless = await transport.send(
      aRequest(origin),
      bank.as(bank.client, 'two', { proxy: { url: 'http://proxy.invalid:3128' } }),
    )
    expect(nameless.fault?.code).toBe('NETWORK_PROXY')
    expect(nameless.fault?.message).toMatch(/proxy\.invalid:3128.*name could not be resolved/)
  })

  it('says when a proxy does not accept the user and the password, and never what they are', async () => {
    const proxy = await proxyIn({ credentials: 'a:b' })
    const origin = await bank.serve((_incoming, response) => response.end())
    const credentials = () => Promise.resolve({ user: 'tpp', password: 'CANARY-proxy' })
    const connection = bank.as(bank.client, 'one', { proxy: { url: proxy.url, credentials } })
    const { fault } = await transport.send(aRequest(origin), connection)
    expect(fault?.code).toBe('NETWORK_PROXY')
    expect(fault?.message).toMatch(/did not accept the user and the password \(407\)/)
    expect(fault?.details).toMatchObject({ status: 407, phase: 'proxy', delivery: 'not-sent' })
    expect(JSON.stringify([fault?.message, fault?.details, String(fault?.cause)])).not.toContain('CANARY')
  })

  it('shares no tunnel between two accounts', async () => {
    const proxy = await proxyIn()
    const origin = await bank.serve((_incoming, response) => response.end())
    const as = (account: string) => bank.as(bank.client, 'one', { proxy: { url: proxy.url, account } })
    await transport.send(aRequest(origin), as('bank-a/production'))
    await transport.send(aRequest(origin), as('bank-b/production'))
    expect(proxy.tunnels()).toBe(2)
  })

  it('says why when the key store does not open', async () => {
    const proxy = await proxyIn()
    const origin = await bank.serve((_incoming, response) => response.end())
    const credentials = () => Promise.reject(new Fault('KEYCHAIN_LOCKED'))
    const connection = bank.as(bank.client, 'one', { proxy: { url: proxy.url, credentials } })
    const report = await transport.send(aRequest(origin), connection)
    expect(report).toMatchObject({ delivery: 'not-sent', fault: { code: 'KEYCHAIN_LOCKED' } })
    expect(proxy.asked).toEqual([])
  })

  it('does not take a certificate the proxy made for the bank', async () => {
    const { createTestAuthority } = await import('../../test/pki/test-authority.ts')
    const forged = await (await createTestAuthority('Corporate CA')).leaf({ name: 'bank' })
    const proxy = await proxyIn()
    const origin = await bank.serve((_incoming, response) => response.end(), { cert: forged.cert, key: forged.key })
    const report = await transport.send(aRequest(origin), bank.as(bank.client, 'one', { proxy: { url: proxy.url } }))
    expect(report.fault?.code).toBe('TLS_CHAIN')
    expect(report.fault?.message).toContain('proxy that replaces certificates')
    expect(report.tls?.serverChain[0]?.issuer).toBe('CN=Corporate CA')
  })

  it('goes another way at once when the environment changes', async () => {
    const proxy = await proxyIn()
    const origin = await bank.serve((_incoming, response) => response.end('x'))
    const direct = bank.as(bank.client)
    await transport.send(aRequest(origin), direct)
    await transport.send(aRequest(origin), { ...direct, proxy: { url: proxy.url } })
    expect(proxy.tunnels()).toBe(1)
    await transport.send(aRequest(origin), direct)
    expect(proxy.tunnels()).toBe(1)
  })
})
