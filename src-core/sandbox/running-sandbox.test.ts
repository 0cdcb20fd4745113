/** Finding the sandbox that runs, and what its control API's answers become. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SandboxRunning } from '#shared/sandbox-protocol.ts'
import { findRunningSandbox, requireRunningSandbox, steer } from './running-sandbox.ts'
import { createSandboxServices } from './sandbox-services.ts'

let home: string
let server: Server
let control: string
interface Asked {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}
let asked: Asked[]
let answer: { status: number; body: string; headers?: Record<string, string> }

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tpp-sandbox-'))
  asked = []
  answer = { status: 200, body: '{}' }
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      asked.push({ method: request.method, url: request.url, headers: request.headers, body })
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  control = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(home, { recursive: true, force: true })
})

const running = (change: Partial<SandboxRunning> = {}): SandboxRunning => ({
  ready: true,
  control,
  ca: join(home, 'ca.pem'),
  banks: [{ id: 'ica-banken', urls: { token: 'https://127.0.0.1:1' } }],
  pid: process.pid,
  token: 'control-canary',
  ...change,
})
const write = (value: unknown) =>
  writeFile(join(home, 'running.json'), typeof value === 'string' ? value : JSON.stringify(value))

describe('the running file', () => {
  it('tells of a sandbox whose process lives', async () => {
    await write(running())
    expect(await findRunningSandbox(home)).toEqual(running())
    expect(await requireRunningSandbox(home)).toMatchObject({ control })
  })

  it('of a process that is gone means that none runs', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    await write(running({ pid: child.pid! }))
    expect(await findRunningSandbox(home)).toBeNull()
  })

  it.each<[string, (() => unknown) | null]>([
    ['none', null],
    ['an empty one', () => ''],
    ['half of one', () => JSON.stringify(running()).slice(0, 40)],
    ['one without a token', () => ({ ...running(), token: undefined })],
    ['one of a process group', () => running({ pid: 0 })],
    ['one of all processes', () => running({ pid: -1 })],
  ])('%s means SANDBOX_DOWN', async (_, make) => {
    if (make !== null) await write(make())
    expect(await findRunningSandbox(home)).toBeNull()
    await expect(requireRunningSandbox(home)).rejects.toMatchObject({
      code: 'SANDBOX_DOWN',
      message: expect.stringContaining('tpp sandbox'),
    })
  })
})

describe('steering', () => {
  const schema = z.object({ offsetSeconds: z.int() })

  it('sends the token and the body, and gives the answer', async () => {
    answer = { status: 200, body: '{"offsetSeconds":5}' }
    expect(await steer(running(), 'PUT', '/tenants/x/clock', schema, { offsetSeconds: 5 })).toEqual({
      offsetSeconds: 5,
    })
    await steer(running(), 'GET', '/tenants/x/clock', schema)
    expect(asked[0]).toMatchObject({ method: 'PUT', url: '/tenants/x/clock', body: '{"offsetSeconds":5}' })
    expect(asked[0]!.headers).toMatchObject({
      authorization: 'Bearer control-canary',
      'content-type': 'application/json',
    })
    expect(asked[1]!.headers).not.toHaveProperty('content-type')
  })

  it("repeats the sandbox's own words when it declines", async () => {
    answer = { status: 409, body: '{"error":"wrong-state","message":"The customer walked away."}' }
    await expect(steer(running(), 'GET', '/x', schema)).rejects.toMatchObject({
      code: 'SANDBOX_FAILED',
      message: 'The customer walked away.',
      details: { status: 409, error: 'wrong-state' },
    })
  })

  it.each([
    ['no JSON', 500, 'oops', /declined \(500\)/],
    ['JSON without words', 400, '{}', /declined \(400\)/],
    ['null', 404, 'null', /declined \(404\)/],
    ['another answer than expected', 200, '{"offset":5}', /another version/],
    ['no JSON in a success', 200, '<html>', /another version/],
  ])('%s is SANDBOX_FAILED', async (_, status, body, words) => {
    answer = { status, body }
    await expect(steer(running(), 'GET', '/x', schema)).rejects.toMatchObject({
      code: 'SANDBOX_FAILED',
      message: expect.stringMatching(words),
    })
  })

  it('follows no redirect: the token would go along', async () => {
    answer = { status: 302, body: '', headers: { location: `${control}/elsewhere` } }
    await expect(steer(running(), 'GET', '/x', schema)).rejects.toMatchObject({ code: 'SANDBOX_DOWN' })
    expect(asked.map(({ url }) => url)).toEqual(['/x'])
  })

  it('is SANDBOX_DOWN where nobody listens, and the token is in no fault', async () => {
    await new Promise((resolve) => server.close(resolve))
    const fault: unknown = await steer(running(), 'GET', '/x', schema).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'SANDBOX_DOWN' })
    expect(JSON.stringify(fault)).not.toContain('canary')
  })
})

describe('what other areas ask of it', () => {
  it('URLs and CA of a bank it serves', async () => {
    const services = createSandboxServices(home)
    expect(await services.banks()).toEqual([])
    await expect(services.endpoints('ica-banken')).rejects.toMatchObject({ code: 'SANDBOX_DOWN' })
    await write(running())
    await writeFile(join(home, 'ca.pem'), 'CA')
    expect(await services.banks()).toEqual(['ica-banken'])
    expect(await services.endpoints('ica-banken')).toEqual({ urls: { token: 'https://127.0.0.1:1' }, ca: ['CA'] })
    await expect(services.endpoints('other')).rejects.toMatchObject({
      code: 'SANDBOX_DOWN',
      message: expect.stringContaining('tpp sandbox --bank other'),
    })
  })

  it('a customer by name, in any case, or the names there are', async () => {
    await write(running())
    const services = createSandboxServices(home)
    answer = { status: 200, body: JSON.stringify([{ name: 'Tolvan', parameters: { ssn: '1' }, about: '' }]) }
    expect(await services.customer('ica-banken', 'tolvan')).toEqual({ ssn: '1' })
    expect(asked[0]!.url).toBe('/banks/ica-banken/customers')
    await expect(services.customer('a/b', 'Elva')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { field: 'psu', near: ['Tolvan'] },
    })
    expect(asked[1]!.url).toBe('/banks/a%2Fb/customers')
  })
})
