/** Half-finished authorisations: kept while they wait, shown as abandoned when their process dies at any point, resumed or forgotten. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import {
  type Bench,
  browse,
  everything,
  faultOf,
  openBench,
  startTestBank,
  type TestBank,
} from '../../test/access/access-bench.ts'
import { type AuthoriseInput, authorise } from './authorise.ts'
import { authoriseConsent } from './authorise-consent.ts'
import { freeCallback } from './free-callback.ts'
import { resumeFlow } from './resume-flow.ts'

let bank: TestBank
let bench: Bench
let callbackUri: string
const children: ChildProcess[] = []

beforeEach(async () => {
  bank = await startTestBank()
  bench = openBench(bank)
  callbackUri = await freeCallback('ica-banken')
  await register([callbackUri])
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await bench.close()
  await bank.close()
})

const register = (callbackUris: string[]) =>
  bench.parts.registrations.save({
    bank: 'ica-banken',
    environment: 'sandbox',
    identity: 'abcdefgh',
    identityName: 'test',
    clientId: 'PSDSE-FINA-00001',
    callbackUris,
    registeredAt: '2026-01-01T00:00:00.000Z',
  })

const input: AuthoriseInput = {
  bank: 'ica-banken',
  environment: 'sandbox',
  scope: 'account',
  customer: { ssn: '197201011234' },
  decision: 'approve',
  timeout: 20,
}

const tokens = { access_token: 'access-canary', refresh_token: 'refresh-canary', token_type: 'bearer', expires_in: 600 }

/** The bank's page sends every customer straight back, as one who has signed. */
function signsAtOnce(token: () => unknown = () => tokens): void {
  let codes = 0
  bank.answer = async ({ path }) => {
    const url = new URL(path, bank.origin)
    if (url.pathname !== '/oauth/v2/authorize') return { status: 200, body: await token() }
    const back = new URL(url.searchParams.get('redirect_uri')!)
    codes += 1
    back.searchParams.set('code', `code-canary-${codes}`)
    back.searchParams.set('state', url.searchParams.get('state')!)
    return { status: 302, headers: { Location: back.href } }
  }
}

/** Runs the stream to its end; the customer opens whatever page is shown. */
async function run<Event extends { type: string }>(events: AsyncGenerator<Event, void, void>): Promise<Event[]> {
  const seen: Event[] = []
  for await (const event of events) {
    seen.push(event)
    if (event.type === 'open') void browse((event as unknown as { url: string }).url, bank.ca)
  }
  return seen
}

/** A process that authorises; resolves with it when it has said `word`. */
async function child(scenario: string, word: string): Promise<{ process: ChildProcess; output(): string }> {
  const { data, shelf, origin, ca, client } = bank
  const place = JSON.stringify({ data, shelf, origin, ca, client })
  const program = join(import.meta.dirname, '..', '..', 'test', 'access', 'flow-program.ts')
  const one = spawn(process.execPath, [program, place, scenario], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(one)
  let said = ''
  one.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  await expect.poll(() => said.includes(word), { timeout: 15_000 }).toBe(true)
  return { process: one, output: () => said }
}
const kill = async (one: ChildProcess) => {
  one.kill('SIGKILL')
  await once(one, 'close')
}
const isOpen = (uri: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(uri).port), '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    }).on('error', () => resolve(false))
  })

describe('while the customer is away', () => {
  it('a flow is kept as waiting, its secrets nowhere but in the key store, and gone when it ends well', async () => {
    signsAtOnce()
    const events = authorise(input, bench.parts)
    const open = (await events.next()).value as Extract<AuthoriseEvent, { type: 'open' }>
    const [flow, ...more] = await bench.parts.flows.list()
    expect(more).toEqual([])
    expect(flow).toMatchObject({
      id: open.flow,
      kind: 'code',
      bank: 'ica-banken',
      scope: 'account',
      customer: '1972••••••••',
      redirectUri: callbackUri,
      step: 'browser',
      held: true,
    })
    const asked = new URL(open.url).searchParams
    const kept = await everything(bank.data)
    for (const secret of [asked.get('state')!, asked.get('code_challenge')!, '197201011234'])
      expect(kept).not.toContain(secret)
    void browse(open.url, bank.ca)
    expect((await run(events)).map(({ type }) => type)).toEqual(['callback', 'grant'])
    expect(await bench.parts.flows.list()).toEqual([])
    expect(await bench.secrets.get(`flow-${open.flow}`)).toBeNull()
  })

  it('one that is left is abandoned, and a new one for the same thing takes its place', async () => {
    for await (const event of authorise(input, bench.parts)) if (event.type === 'open') break
    const [left] = await bench.parts.flows.list()
    expect(left).toMatchObject({ held: false, step: 'browser' })
    for await (const event of authorise(input, bench.parts)) if (event.type === 'open') break
    for await (const event of authorise({ ...input, scope: 'payment' }, bench.parts)) if (event.type === 'open') break
    const after = await bench.parts.flows.list()
    expect(after.map(({ scope }) => scope)).toEqual(['account', 'payment'])
    expect(after[0]!.id).not.toBe(left!.id)
  })

  it('one that is running is taken by nobody else', async () => {
    const events = authorise(input, bench.parts)
    const open = (await events.next()).value as Extract<AuthoriseEvent, { type: 'open' }>
    const second = resumeFlow({ flow: open.flow, decision: 'approve', timeout: 5 }, bench.parts)
    expect((await faultOf(second.next())).code).toBe('BUSY')
    expect((await faultOf(bench.parts.flows.remove(open.flow))).code).toBe('BUSY')
    await events.return()
    await bench.parts.flows.remove(open.flow)
    expect(await bench.parts.flows.list()).toEqual([])
  })

  it('one the customer refused is over', async () => {
    bank.answer = ({ path }) => {
      const asked = new URL(path, bank.origin).searchParams
      const back = new URL(asked.get('redirect_uri')!)
      back.searchParams.set('error', 'access_denied')
      back.searchParams.set('state', asked.get('state')!)
      return { status: 302, headers: { Location: back.href } }
    }
    expect((await faultOf(run(authorise(input, bench.parts)))).code).toBe('ACCESS_DENIED')
    expect(await bench.parts.flows.list()).toEqual([])
  })

  it('one whose time ran out can still be finished: by the address the customer ended on', async () => {
    signsAtOnce()
    const events = authorise({ ...input, timeout: 1 }, bench.parts)
    const open = (await events.next()).value as Extract<AuthoriseEvent, { type: 'open' }>
    expect((await faultOf(events.next())).code).toBe('ACCESS_TIMEOUT')
    expect(await isOpen(callbackUri)).toBe(false)
    const asked = new URL(open.url).searchParams
    const late = `${callbackUri}?code=code-canary-late&state=${asked.get('state')}`
    const session = { flow: open.flow, decision: 'approve' as const, timeout: 5 }
    const wrong = resumeFlow({ ...session, callbackUrl: late.replace('state=', 'state=x') }, bench.parts)
    expect((await faultOf(wrong.next())).code).toBe('ACCESS_STATE')
    const elsewhere = resumeFlow({ ...session, callbackUrl: 'https://evil.example/?code=1' }, bench.parts)
    expect((await faultOf(elsewhere.next())).code).toBe('ACCESS_CALLBACK')
    const seen = await run(resumeFlow({ ...session, callbackUrl: late }, bench.parts))
    expect(seen.map(({ type }) => type)).toEqual(['callback', 'grant'])
    expect(bank.received.at(-1)!.form.get('code')).toBe('code-canary-late')
  })
})

describe('after kill -9', () => {
  const session = (flow: string) => ({ flow, decision: 'approve' as const, timeout: 20 })

  it('with the page open: abandoned, and the very page the customer has is still good', async () => {
    signsAtOnce()
    const { process: one, output } = await child('authorise', 'open ')
    expect(await bench.parts.flows.list()).toMatchObject([{ held: true }])
    await kill(one)
    const [flow] = await bench.parts.flows.list()
    expect(flow).toMatchObject({ held: false, step: 'browser', scope: 'account' })
    const page = output().split('open ')[1]!.trim()
    const events = resumeFlow(session(flow!.id), bench.parts)
    const open = (await events.next()).value as { url: string }
    expect(open.url).toBe(page)
    void browse(page, bank.ca)
    expect((await run(events)).map(({ type }) => type)).toEqual(['callback', 'grant'])
    expect(await bench.parts.book.list()).toHaveLength(1)
    expect(await bench.parts.flows.list()).toEqual([])
  })

  it.each([
    ['before the bank answers', 'authorise'],
    ['before the tokens are stored', 'stuck'],
  ])('with the code at the bank, %s: abandoned, and resumed with nothing of before', async (_, scenario) => {
    const asked = Promise.withResolvers<void>()
    signsAtOnce(async () => {
      asked.resolve()
      if (scenario === 'authorise') await new Promise(() => {})
      return tokens
    })
    const { process: one, output } = await child(scenario, 'open ')
    const page = output().split('open ')[1]!.trim()
    void browse(page, bank.ca)
    await asked.promise
    if (scenario === 'stuck') await expect.poll(() => output().includes('storing')).toBe(true)
    await kill(one)
    const [flow] = await bench.parts.flows.list()
    expect(flow).toMatchObject({ held: false, step: 'exchanging' })
    expect(await bench.parts.book.list()).toEqual([])
    signsAtOnce()
    const seen = await run(resumeFlow(session(flow!.id), bench.parts))
    expect(seen.map(({ type }) => type)).toEqual(['open', 'callback', 'grant'])
    const again = new URL((seen[0] as { url: string }).url).searchParams
    const before = new URL(page).searchParams
    for (const name of ['state', 'code_challenge']) expect(again.get(name)).not.toBe(before.get(name))
    expect(again.get('ssn')).toBe('197201011234')
    expect(await bench.parts.flows.list()).toEqual([])
  })

  it('after a consent was created: it is remembered, with its links, and can be authorised', async () => {
    bank.answer = ({ path }) =>
      path === '/v1/consents'
        ? {
            status: 201,
            body: {
              consentId: 'c-1',
              consentStatus: 'received',
              _links: { scaRedirect: { href: `${bank.origin}/sca?state=canary` } },
            },
          }
        : { status: 200, body: {} }
    const { process: one } = await child('consent', 'created')
    await kill(one)
    const [consent] = await bench.parts.resources.list()
    expect(consent).toMatchObject({ resource: 'c-1', status: 'received', links: ['scaRedirect'], recurring: true })
    expect(await readFile(join(bank.data, 'consents', `${consent!.id}.json`), 'utf8')).not.toContain('canary')
    const events = authoriseConsent({ consent: 'c-1', parameters: {}, decision: 'approve', timeout: 5 }, bench.parts)
    expect((await events.next()).value).toMatchObject({ type: 'open', url: `${bank.origin}/sca?state=canary` })
    await events.return()
  })

  it('a flow whose record is damaged costs no other, and can be removed', async () => {
    for await (const event of authorise(input, bench.parts)) if (event.type === 'open') break
    await writeFile(join(bank.data, 'flows', 'f-00ff.json'), '{"half')
    expect(await bench.parts.flows.list()).toHaveLength(1)
    expect(await bench.parts.flows.damaged()).toMatchObject([{ id: 'f-00ff' }])
    await bench.parts.flows.remove('f-00ff')
    expect(await bench.parts.flows.damaged()).toEqual([])
  })
})

describe('a code', () => {
  it('is exchanged within a second of the redirect', async () => {
    let redirected = 0
    signsAtOnce()
    const answer = bank.answer
    bank.answer = (request) => {
      if (request.path.startsWith('/oauth/v2/authorize')) redirected = performance.now()
      return answer(request)
    }
    await run(authorise(input, bench.parts))
    const exchanged = bank.received.find(({ path }) => path === '/oauth/v2/mtls-token')!.at
    expect(exchanged - redirected).toBeLessThan(1000)
  })
})
