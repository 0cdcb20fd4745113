import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRequest } from './testing/psd2-request.ts'
import { removeHome, type SandboxProcess, scratchHome, spawnProgram, startSandbox } from './testing/sandbox-process.ts'
import { testControl } from './testing/test-control.ts'

const name = 'workshop.example'
const tenant = 'PSDSE-FINA-5599999999'

let sandbox: SandboxProcess
let token: string
beforeAll(async () => {
  const args = ['--listen', '0.0.0.0', '--host', name, '--host', '192.0.2.10', '--bank', 'ica-banken']
  sandbox = await startSandbox(undefined, args)
  const { json } = await testControl(sandbox.running).send('POST', '/tenants', { tenant })
  token = (json as { token: string }).token
}, 30_000)
afterAll(async () => {
  await sandbox.stop()
  removeHome(sandbox.home)
})

interface Got {
  readonly status: number
  readonly text: string
}

/** As another machine would: by the name, checked against the sandbox's CA; only the resolving is done here. */
function get(url: string, headers: Record<string, string> = {}, method = 'GET', body?: string): Promise<Got> {
  const agent = new Agent({ ca: readFileSync(sandbox.running.ca) })
  const { hostname, host, port, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const options = { method, agent, host: '127.0.0.1', port, path: pathname + search, servername: hostname }
    const outgoing = request({ ...options, headers: { host, ...headers } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => {
        agent.destroy()
        resolve({ status: response.statusCode ?? 0, text })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const shared = (): string => sandbox.running.shared?.control ?? ''

describe('a sandbox that other machines may reach', () => {
  it('says so, in its ready line and in words', async () => {
    const { running } = sandbox
    expect(running.shared).toMatchObject({ address: '0.0.0.0', hosts: [name, '192.0.2.10', '127.0.0.1', 'localhost'] })
    expect(running.control).toMatch(/^http:\/\/127\.0\.0\.1:/)
    for (const url of [shared(), ...Object.values(running.banks[0]?.urls ?? {})])
      expect(url).toMatch(new RegExp(`^https://${name}:\\d+`))
  })

  it('shows a certificate for every name it goes by', async () => {
    const leaf = await new Promise<X509Certificate>((resolve, reject) => {
      const socket = connect({
        host: '127.0.0.1',
        port: Number(new URL(shared()).port),
        servername: name,
        ca: readFileSync(sandbox.running.ca),
      })
      socket.once('secureConnect', () => {
        resolve(new X509Certificate(socket.getPeerCertificate().raw))
        socket.end()
      })
      socket.once('error', reject)
    })
    expect(leaf.checkHost(name)).toBe(name)
    expect(leaf.checkIP('192.0.2.10')).toBe('192.0.2.10')
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(leaf.checkHost('other.example')).toBeUndefined()
  })

  it('is steered with the token of a tenant, over TLS only', async () => {
    const authorization = { authorization: `Bearer ${token}` }
    expect((await get(`${shared()}/tenants/${tenant}/clock`, authorization)).status).toBe(200)
    expect((await get(`${shared()}/tenants/${tenant}/clock`)).status).toBe(401)
    expect((await get(`${shared()}/tenants/PSDSE-FINA-other/clock`, authorization)).status).toBe(403)
    expect((await get(`${shared()}/health`, { ...authorization, host: 'rebind.example' })).status).toBe(421)
    await expect(fetch(`http://127.0.0.1:${new URL(shared()).port}/health`)).rejects.toThrow()
  })

  it('keeps its plain http to this machine’s own address', async () => {
    const port = Number(new URL(sandbox.running.control).port)
    const outcome = await new Promise((resolve) => {
      // An address of this machine, but not the one the door is at.
      const socket = connectPlain({ host: '127.0.0.2', port }, () => {
        socket.destroy()
        resolve('connected')
      })
      socket.once('error', (cause: NodeJS.ErrnoException) => resolve(cause.code))
    })
    expect(outcome).not.toBe('connected')
  })

  it('serves the customers’ pages over TLS, and clicks on them', async () => {
    const control = testControl(sandbox.running)
    const { certificate, key } = await control.order(tenant)
    const urls: Record<string, string> = sandbox.running.banks[0]?.urls ?? {}
    const oid = tenant
    const agent = new Agent({ ca: readFileSync(sandbox.running.ca), cert: certificate, key })
    const registration = new URL(`${urls.registration}/t/icabanken.tenant/mtls_client/2.0.0/client`)
    const status = await new Promise((resolve, reject) => {
      const options = {
        agent,
        host: '127.0.0.1',
        port: registration.port,
        path: registration.pathname,
        servername: name,
      }
      const headers = { host: registration.host, 'content-type': 'application/json' }
      const outgoing = request({ ...options, method: 'POST', headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode))
      })
      outgoing.on('error', reject)
      outgoing.end(JSON.stringify({ oid, callbackUri: ['https://tpp.example/cb'] }))
    })
    agent.destroy()
    expect(status).toBe(201)
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: oid,
      scope: 'account',
      redirect_uri: 'https://tpp.example/cb',
      ssn: '197202022385',
      state: 'st',
    })
    const page = `${urls.authorize}/oauth/v2/authorize?${query.toString()}`
    expect(await get(page)).toMatchObject({ status: 200, text: expect.stringContaining('<form') })
    const click = await control.send('POST', '/banks/ica-banken/psu', { url: page, psu: 'Anna Andersson' })
    expect(click).toMatchObject({ status: 200, json: { redirectedTo: 'https://tpp.example/cb' } })
  })

  it('publishes its revocation list where other machines can get it', async () => {
    const { csr } = await makeRequest({ organizationIdentifier: tenant })
    const { json } = await testControl(sandbox.running).send('POST', '/qtsp/certificates', { csr, kind: 'QWAC' })
    const leaf = new X509Certificate((json as { certificate: string }).certificate)
    expect(leaf.infoAccess).toContain(`${shared()}/qtsp/issuer.cer`)
    expect((await get(`${shared()}/qtsp/crl.der`)).status).toBe(200)
  })
})

it('goes back to this machine when it is started without --listen, with the same tokens', async () => {
  const home = scratchHome()
  const tokenOf = async (running: SandboxProcess['running']): Promise<string> => {
    const { json } = await testControl(running).send('POST', '/tenants', { tenant })
    return (json as { token: string }).token
  }
  const first = await startSandbox(home, ['--listen', '0.0.0.0', '--host', name, '--bank', 'salt-edge'])
  const before = await tokenOf(first.running)
  const ended = await first.stop()
  expect(ended.stderr).toContain(`Other machines can reach this sandbox at ${name}`)
  const second = await startSandbox(home, ['--bank', 'salt-edge'])
  expect(second.running.shared).toBeUndefined()
  expect(second.running.banks[0]?.urls.api).toMatch(/^https:\/\/127\.0\.0\.1:/)
  expect(await tokenOf(second.running)).toBe(before)
  await second.stop()
  removeHome(home)
})

it.each([
  ['every address and no name', ['--listen', '0.0.0.0'], '--host'],
  ['a name to listen on', ['--listen', 'workshop.example'], '--listen takes an IP address'],
  ['an address of another machine', ['--listen', '192.0.2.1'], 'no address of this machine'],
  ['a name that is none', ['--host', 'a b'], '--host takes a host name'],
])('is not started with %s', async (_name, args, words) => {
  const home = scratchHome()
  const { code, stdout } = await spawnProgram(['--home', home, '--bank', 'salt-edge', ...args]).end
  removeHome(home)
  expect(code).toBe(2)
  expect((JSON.parse(stdout) as { fault: { message: string } }).fault.message).toContain(words)
})
