/** Measures runs of many calls: runs inside the session whose key store is used; prints the results as JSON. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { peerRuns } from './peers/peer-runs.ts'
import type { Result } from './result.ts'
import { type BareTpp, makeBareSigner, makeBareTpp } from './sandbox-client.ts'
import { figure, inTurns, type Medians, memoryFigure, type Run, run } from './turns.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    'no-keychain': { type: 'boolean' },
    peers: { type: 'boolean' },
    program: { type: 'string', default: resolve(import.meta.dirname, '../out/main/tpp.js') },
  },
})
const rounds = Number(values.rounds)
const secrets = values['no-keychain'] ? 'vault' : 'keychain'
const { program } = values
const scratch = mkdtempSync(join(tmpdir(), 'tpp-bench-'))
const peakFile = join(scratch, 'peak')
const bank = 'ica-banken'
const customer = 'Anna Andersson'
const accounts = [bank, 'ica-accounts-list', 'PSU-IP-Address=192.0.2.7', '--identity', 'bench']
const bareScript = join(import.meta.dirname, 'bare-undici.mjs')
const signedScript = join(import.meta.dirname, 'bare-signed.mjs')
const roundTrip = 20

const environment: NodeJS.ProcessEnv = {
  ...process.env,
  TPP_HOME: join(scratch, 'home'),
  TPP_SECRETS: secrets,
  TPP_PASSPHRASE_FILE: join(scratch, 'passphrase'),
  BENCH_PEAK_FILE: peakFile,
}

const tpp = (...args: string[]): string =>
  execFileSync(process.execPath, [program, ...args, '--json'], {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  })

const runAs = (args: readonly string[]): Run => run(args, environment)

interface Repeats {
  readonly statuses: Record<string, number>
  readonly handshakes: number
}

/** @throws Error when a call failed or a second handshake was made: its time would mean nothing */
function repeated(times: number, words: readonly string[] = accounts): Run {
  const call = ['call', ...words, '--json']
  if (times === 1) return runAs([program, ...call])
  const done = runAs([program, ...call, '--repeat', `${times}`])
  const { repeats } = JSON.parse(done.stdout) as { repeats: Repeats }
  if (repeats.statuses['200'] !== times || repeats.handshakes !== 1)
    throw new Error(`not ${times} good calls over one connection: ${JSON.stringify(repeats)}`)
  return done
}

async function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.stdout?.once('data', (chunk: Buffer) => done(chunk.toString().trim())))
}

/** 200 calls on loopback: what the workbench adds to a call, key store, history and explanations included. */
function measureRun(bare: BareTpp): Result[] {
  const times = 200
  const contestants: Record<string, () => Run> = {
    raw: () => runAs([bareScript, bare.accountsUrl, bare.folder, `${times}`]),
    ours: () => repeated(times),
    rawOnce: () => runAs([bareScript, bare.accountsUrl, bare.folder, '1']),
    once: () => repeated(1),
  }
  const peers = values.peers ? peerRuns(bare, join(scratch, 'peers'), times) : {}
  for (const [name, args] of Object.entries(peers)) contestants[name] = () => runAs(args)
  const { ours, raw, once, rawOnce, ...others } = inTurns(rounds, contestants) as Record<string, Medians>
  if (!ours || !raw || !once || !rawOnce) throw new Error('nothing was measured')
  const each = (run: Medians, alone: Medians) => (run.milliseconds - alone.milliseconds) / (times - 1)
  const id = secrets === 'keychain' ? 'run-200' : 'run-200-vault'
  const against = `a bare undici script making the same ${times} calls over one connection`
  const results = [
    figure(id, ours.milliseconds, raw.milliseconds, against),
    memoryFigure(`${id}-memory`, ours.peak, raw.peak, against),
    figure(`${id}-cpu`, ours.processor, raw.processor, `${against}, processor time of both`),
    figure(
      `${id}-each`,
      each(ours, once),
      each(raw, rawOnce),
      'a call more of the bare script, without start and handshake',
    ),
    figure(`${id}-start`, once.milliseconds, rawOnce.milliseconds, 'the bare script making one call'),
  ]
  for (const [name, { milliseconds }] of Object.entries(others))
    results.push(figure(`${id}-${name}`, milliseconds, raw.milliseconds, `${against} (a peer, for reference)`))
  return results
}

/** 200 signed calls on loopback, nothing but the signature beside the call itself. */
async function measureSigned(): Promise<Result[]> {
  const times = 200
  const folder = join(scratch, 'signer')
  mkdirSync(folder)
  const base = await makeBareSigner(join(scratch, 'home', 'sandbox'), folder)
  const consents = `${base}/demo_bank/api/berlingroup/v2/consents/confirmation-of-funds`
  const body = JSON.stringify({ account: { iban: 'DE2310010010123456789' } })
  const bodyFile = join(folder, 'body.json')
  writeFileSync(bodyFile, body)
  const mine = JSON.parse(runAs([signedScript, consents, folder, '1', bodyFile]).stdout) as { consentId: string }
  tpp('keys', 'order', '--name', 'seal', '--kind', 'QSEAL')
  const create = ['salt-edge-cof-consent-create', 'provider_code=demo_bank', 'TPP-Redirect-Preferred=true']
  const where = 'TPP-Redirect-URI=https://bench.example/back'
  const made = JSON.parse(tpp('call', 'salt-edge', ...create, where, '--identity', 'seal', '--body', body)) as {
    response: { body: { consentId: string } }
  }
  const { consentId } = made.response.body
  const call = ['salt-edge', 'salt-edge-cof-consent-get', 'provider_code=demo_bank', `consent_id=${consentId}`]
  const { ours, raw } = inTurns(rounds, {
    raw: () => runAs([signedScript, `${consents}/${mine.consentId}`, folder, `${times}`]),
    ours: () => repeated(times, [...call, '--identity', 'seal']),
  })
  const against = `a bare script with undici and node:crypto making the same ${times} signed calls`
  const id = secrets === 'keychain' ? 'signed-200' : 'signed-200-vault'
  return [
    figure(id, ours.milliseconds, raw.milliseconds, against),
    memoryFigure(`${id}-memory`, ours.peak, raw.peak, against),
    figure(`${id}-cpu`, ours.processor, raw.processor, `${against}, processor time of both`),
  ]
}

/** 50 calls where a round trip takes 20 ms: as users meet it, one round trip a call is all there should be. */
async function measureRoundTrips(bare: BareTpp): Promise<Result[]> {
  const times = 50
  const { port, pathname } = new URL(bare.accountsUrl)
  const relay = spawn(process.execPath, [join(import.meta.dirname, 'delay-relay.mjs'), port, `${roundTrip}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const origin = `https://127.0.0.1:${await firstLine(relay)}`
  try {
    const base = bare.accountsUrl.slice(new URL(bare.accountsUrl).origin.length).replace(/\/Accounts$/, '')
    tpp('environment', bank, 'sandbox', '--url', `resource=${origin}${base}`)
    const { ours, once, raw } = inTurns(rounds, {
      raw: () => runAs([bareScript, `${origin}${pathname}`, bare.folder, `${times}`]),
      once: () => repeated(1),
      ours: () => repeated(times),
    })
    const each = (ours.milliseconds - once.milliseconds) / (times - 1)
    return [
      figure('rtt-20', ours.milliseconds, times * roundTrip, `${times} round trips of ${roundTrip} ms, nothing else`),
      figure('rtt-20-each', each, roundTrip, `one round trip; a call more in a run, without start and handshake`),
      figure('rtt-20-bare', ours.milliseconds, raw.milliseconds, `a bare undici script making the same ${times} calls`),
    ]
  } finally {
    relay.kill()
  }
}

async function main(): Promise<Result[]> {
  writeFileSync(join(scratch, 'passphrase'), 'a passphrase for the bench\n', { mode: 0o600 })
  const sandbox = spawn(process.execPath, [program, 'sandbox', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await firstLine(sandbox)
  try {
    const customers = JSON.parse(tpp('sandbox', 'customers', bank)) as { name: string; parameters: { ssn: string } }[]
    const { ssn } = customers.find(({ name }) => name === customer)!.parameters
    mkdirSync(join(scratch, 'bare'))
    const bare = await makeBareTpp(join(scratch, 'home', 'sandbox'), join(scratch, 'bare'), ssn)
    tpp('keys', 'order', '--name', 'bench')
    tpp('register', bank, '--identity', 'bench')
    tpp('access', 'authorise', bank, '--identity', 'bench', '--scope', 'account', '--psu', customer)
    return [...measureRun(bare), ...(await measureSigned()), ...(await measureRoundTrips(bare))]
  } finally {
    sandbox.kill('SIGTERM')
    await new Promise((gone) => sandbox.once('exit', gone))
    rmSync(scratch, { recursive: true, force: true })
  }
}

console.log(JSON.stringify(await main()))
