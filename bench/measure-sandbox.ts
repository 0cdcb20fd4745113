/** Measures the built sandbox program: its start, its answers beside a bare server's, and a hundred tenants at once. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Agent, request } from 'undici'
import { documentedAnswers } from '#sandbox/testing/documented-answers.ts'
import { testControl } from '#sandbox/testing/test-control.ts'
import { anna, callbackUri, makeVerifier, type TestTpp, testTpp, urlOf } from '#sandbox/testing/test-tpp.ts'
import { type SandboxRunning, sandboxRunningSchema } from '#shared/sandbox-protocol.ts'
import { median, type Result, rounded } from './result.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    program: { type: 'string', default: resolve(import.meta.dirname, '../out/main/sandbox.js') },
  },
})
const rounds = Number(values.rounds)
const scratch = mkdtempSync(join(tmpdir(), 'tpp-bench-sandbox-'))
const bank = 'ica-banken'
const tenantCount = 100
const callsOfTenant = 20
/** Short turns and many of them: a slow moment of the machine meets both servers. */
const batch = 250
const turnsOfRound = 10
const connections = 4

interface Started {
  readonly child: ChildProcess
  readonly running: SandboxRunning
  readonly milliseconds: number
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let text = ''
    child.once('exit', (code) => failed(new Error(`ended with ${code}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')))
    })
  })
}

async function start(home: string): Promise<Started> {
  const began = performance.now()
  const child = spawn(process.execPath, [values.program, '--home', home], { stdio: ['pipe', 'pipe', 'inherit'] })
  await firstLine(child)
  const milliseconds = performance.now() - began
  return {
    child,
    milliseconds,
    running: sandboxRunningSchema.parse(JSON.parse(readFileSync(join(home, 'running.json'), 'utf8'))),
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('close', done))
  child.kill('SIGTERM')
  await gone
}

/** Ready means that every port of five banks listens. */
async function starts(home: string): Promise<Result[]> {
  const first = await start(home)
  await stop(first.child)
  const [again, empty]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const one = await start(home)
    again.push(one.milliseconds)
    await stop(one.child)
    const began = performance.now()
    execFileSync(process.execPath, ['-e', '0'])
    empty.push(performance.now() - began)
  }
  const figure = (id: string, milliseconds: number): Result => ({
    id,
    value: rounded(milliseconds, 0),
    unit: 'ms',
    ratio: rounded(milliseconds / median(empty), 1),
    against: 'a Node that does nothing',
  })
  return [figure('sandbox-start', median(again)), figure('sandbox-start-first', first.milliseconds)]
}

/** A new tenant with a registration and a token for accounts. */
async function admit(running: SandboxRunning, number: number): Promise<{ tpp: TestTpp; token: string; folder: Keys }> {
  const control = testControl(running)
  const identity = await control.order(`PSDSE-FINA-${1000 + number}`)
  const tpp = testTpp(running, await documented, identity)
  const oid = identity.organizationIdentifier
  await tpp.call('ica-register-client', { body: { oid, callbackUri: [callbackUri] } })
  const { verifier, challenge } = makeVerifier()
  const page = new URL(`${urlOf(running, 'authorize')}/oauth/v2/authorize`)
  const query = { response_type: 'code', client_id: oid, scope: 'account', redirect_uri: callbackUri, ssn: anna }
  const proof = { state: 's', code_challenge: challenge, code_challenge_method: 'S256' }
  for (const [name, value] of Object.entries({ ...query, ...proof })) page.searchParams.set(name, value)
  const html = await (await fetch(page)).text()
  const transaction = /name="transaction" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const signed = await fetch(`${page.origin}${page.pathname}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ transaction, method: 'mobile-bankid' }),
  })
  const code = new URL(signed.headers.get('location') ?? 'about:blank').searchParams.get('code') ?? ''
  const grant = { grant_type: 'authorization_code', client_id: oid, code, redirect_uri: callbackUri }
  const { json } = await tpp.token({ ...grant, code_verifier: verifier })
  return { tpp, token: String(json.access_token), folder: { key: identity.key, cert: identity.certificate } }
}

interface Keys {
  readonly key: string
  readonly cert: string
}

const documented = documentedAnswers(bank)

async function get(url: string, agent: Agent, token: string): Promise<string> {
  const answer = await request(url, {
    dispatcher: agent,
    headers: { authorization: `Bearer ${token}`, 'psu-ip-address': '192.0.2.7' },
  })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${text}`)
  return text
}

/** Milliseconds for so many GETs over a few kept connections, each busy all the time: the server is what is waited for. */
async function timeOf(url: string, agent: Agent, token: string, times = batch): Promise<number> {
  const began = performance.now()
  let left = times
  const work = async (): Promise<void> => {
    for (; left > 0; left -= 1) await get(url, agent, token)
  }
  await Promise.all(Array.from({ length: connections }, work))
  return performance.now() - began
}

async function answers({ running }: Started, home: string): Promise<Result[]> {
  const { tpp, token, folder } = await admit(running, 0)
  tpp.close()
  const agent = new Agent({ connect: { ...folder, ca: readFileSync(running.ca, 'utf8') }, connections })
  const url = `${urlOf(running, 'resource')}/Accounts`
  const body = join(scratch, 'body.json')
  writeFileSync(body, await get(url, agent, token))
  const credential = ['server.key', 'server.pem'].map((name) => join(home, 'authorities', name))
  const bare = spawn(process.execPath, [join(import.meta.dirname, 'bare-mtls-server.mjs'), ...credential, body], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const bareUrl = `https://127.0.0.1:${await firstLine(bare)}/`
    for (const each of [url, bareUrl]) await timeOf(each, agent, token, 2000)
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let turn = 0; turn < rounds * turnsOfRound; turn += 1) {
      ours.push(await timeOf(url, agent, token))
      theirs.push(await timeOf(bareUrl, agent, token))
    }
    return [
      {
        id: 'sandbox-get',
        value: rounded((median(ours) / batch) * 1000, 0),
        unit: 'ms',
        // Throughput: more is better here, at least 0.5.
        ratio: rounded(median(theirs) / median(ours), 2),
        against: 'a bare node:https server with a constant answer, in answers a second (1,000 GETs of an account list)',
      },
    ]
  } finally {
    await agent.close()
    await stop(bare)
  }
}

/** Most memory the process ever held, in bytes; of macOS, what it holds now. */
function peakOf(pid: number): number {
  try {
    const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Number(line?.[1]) * 1024
  } catch {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024
  }
}

/** Each with its certificate, registration, token and kept connection, all calling at once. */
async function tenants({ running }: Started): Promise<Result[]> {
  const empty = peakOf(running.pid)
  const admitted = await Promise.all(Array.from({ length: tenantCount }, (_, index) => admit(running, index + 1)))
  const work = async ({ tpp, token }: (typeof admitted)[number]): Promise<void> => {
    for (let call = 0; call < callsOfTenant; call += 1) {
      const { status, json } = await tpp.call('ica-accounts-list', { token })
      const [account] = json.accounts as { resourceId: string }[]
      const parameters = { accountId: account?.resourceId ?? '' }
      const page = await tpp.call('ica-account-transactions', { token, parameters })
      if (status !== 200 || page.status !== 200) throw new Error(`${status} ${page.status}: ${page.text}`)
    }
  }
  await Promise.all(admitted.map(work))
  const peak = peakOf(running.pid)
  for (const { tpp } of admitted) tpp.close()
  return [
    {
      id: 'tenants-100',
      value: rounded(peak / 1e6, 1),
      unit: 'MB',
      ratio: rounded(peak / empty, 2),
      against: 'the same program before its first tenant',
    },
  ]
}

async function main(): Promise<Result[]> {
  const home = join(scratch, 'home')
  try {
    const results = await starts(home)
    const sandbox = await start(home)
    try {
      // First, as the peak of a process never falls.
      const crowd = await tenants(sandbox)
      return [...results, ...(await answers(sandbox, home)), ...crowd]
    } finally {
      await stop(sandbox.child)
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

console.log(JSON.stringify(await main()))
