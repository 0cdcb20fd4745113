/** Measures runs of many calls: runs inside the session whose key store is used; prints the results as JSON. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { median, type Result, rounded } from './result.ts'
import { type BareTpp, makeBareTpp } from './sandbox-client.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    'no-keychain': { type: 'boolean' },
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
const bareScript = join(import.meta.dirname, 'bare-undici.mjs')
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

/** One run of a program: how long it took, the most memory it held, and what it printed. */
interface Run {
  readonly milliseconds: number
  readonly peak: number
  readonly stdout: string
}

function run(args: readonly string[]): Run {
  const watch = ['--import', pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href]
  const started = performance.now()
  const stdout = execFileSync(process.execPath, [...watch, ...args], {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
  return { milliseconds: performance.now() - started, peak: Number(readFileSync(peakFile, 'utf8')), stdout }
}

interface Repeats {
  readonly statuses: Record<string, number>
  readonly handshakes: number
}

/** @throws Error when a call failed or a second handshake was made: its time would mean nothing */
function repeated(times: number): Run {
  const call = ['call', bank, 'ica-accounts-list', 'PSU-IP-Address=192.0.2.7', '--json']
  if (times === 1) return run([program, ...call])
  const done = run([program, ...call, '--repeat', `${times}`])
  const { repeats } = JSON.parse(done.stdout) as { repeats: Repeats }
  if (repeats.statuses['200'] !== times || repeats.handshakes !== 1)
    throw new Error(`not ${times} good calls over one connection: ${JSON.stringify(repeats)}`)
  return done
}

async function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.stdout?.once('data', (chunk: Buffer) => done(chunk.toString().trim())))
}

interface Medians {
  readonly milliseconds: number
  readonly peak: number
}

/** Each contestant once a round, so that a slow moment of the machine meets them all. */
function inTurns<Name extends string>(contestants: Record<Name, () => Run>): Record<Name, Medians> {
  const names = Object.keys(contestants) as Name[]
  const runs = names.map((name): [Name, Run[]] => [name, []])
  for (const name of names) contestants[name]()
  for (let round = 0; round < rounds; round++) for (const [name, list] of runs) list.push(contestants[name]())
  const medians = runs.map(([name, list]): [Name, Medians] => [
    name,
    {
      milliseconds: median(list.map((each) => each.milliseconds)),
      peak: median(list.map((each) => each.peak)),
    },
  ])
  return Object.fromEntries(medians) as Record<Name, Medians>
}

/** 200 calls on loopback: what the workbench adds to a call, key store, history and explanations included. */
function measureRun(bare: BareTpp): Result[] {
  const times = 200
  const { ours, raw } = inTurns({
    raw: () => run([bareScript, bare.accountsUrl, bare.folder, `${times}`]),
    ours: () => repeated(times),
  })
  const id = secrets === 'keychain' ? 'run-200' : 'run-200-vault'
  const against = `a bare undici script making the same ${times} calls over one connection`
  const memory = { value: rounded(ours.peak / 1e6, 1), unit: 'MB', ratio: rounded(ours.peak / raw.peak, 2) } as const
  return [figure(id, ours.milliseconds, raw.milliseconds, against), { id: `${id}-memory`, ...memory, against }]
}

const figure = (id: string, milliseconds: number, other: number, against: string): Result => ({
  id,
  value: rounded(milliseconds, 1),
  unit: 'ms',
  ratio: rounded(milliseconds / other, 2),
  against,
})

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
    const { ours, once, raw } = inTurns({
      raw: () => run([bareScript, `${origin}${pathname}`, bare.folder, `${times}`]),
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
    return [...measureRun(bare), ...(await measureRoundTrips(bare))]
  } finally {
    sandbox.kill('SIGTERM')
    await new Promise((gone) => sandbox.once('exit', gone))
    rmSync(scratch, { recursive: true, force: true })
  }
}

console.log(JSON.stringify(await main()))
