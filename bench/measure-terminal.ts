/** Runs inside the session whose key store is measured; prints the results as JSON. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { median, type Result, rounded } from './result.ts'
import { makeBareTpp } from './sandbox-client.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, 'no-keychain': { type: 'boolean' } },
})
const rounds = Number(values.rounds)
const here = import.meta.dirname
const program = resolve(here, '../out/main/tpp.js')
const scratch = mkdtempSync(join(tmpdir(), 'tpp-bench-'))
const bank = 'ica-banken'

const environmentOf = (secrets: string): NodeJS.ProcessEnv => ({
  ...process.env,
  TPP_HOME: join(scratch, 'home'),
  TPP_SECRETS: secrets,
  TPP_PASSPHRASE_FILE: join(scratch, 'passphrase'),
})
const stores = values['no-keychain'] ? ['vault'] : ['keychain', 'vault']
const tpp = (secrets: string, ...args: string[]): string =>
  execFileSync(process.execPath, [program, ...args, '--json'], {
    env: environmentOf(secrets),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })

function time(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = process.env): number {
  const started = performance.now()
  execFileSync(command, [...args], { env: environment, stdio: 'ignore' })
  return performance.now() - started
}

/** Each contestant once a round, so that a slow moment of the machine meets them all. */
function inTurns(contestants: Record<string, () => number>): Record<string, number> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]))
  for (const run of Object.values(contestants)) run()
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(contestants)) times[name]!.push(run())
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]))
}

async function main(): Promise<Result[]> {
  writeFileSync(join(scratch, 'passphrase'), 'a passphrase for the bench\n', { mode: 0o600 })
  const sandbox = spawn(process.execPath, [program, 'sandbox', '--json'], {
    env: environmentOf('vault'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((ready) => sandbox.stdout.once('data', () => ready()))
  try {
    const customers = JSON.parse(tpp('vault', 'sandbox', 'customers', bank)) as {
      name: string
      parameters: { ssn: string }
    }[]
    const anna = customers.find((customer) => customer.name === 'Anna Andersson')!
    mkdirSync(join(scratch, 'bare'))
    const bare = await makeBareTpp(join(scratch, 'home', 'sandbox'), join(scratch, 'bare'), anna.parameters.ssn)
    for (const secrets of stores) prepare(secrets)
    const grants = JSON.parse(tpp('vault', 'access', 'list')) as { id: string; identityName: string }[]
    const grantOf = (secrets: string) => grants.find((grant) => grant.identityName === secrets)!.id
    const callWith = (secrets: string) => () =>
      time(
        process.execPath,
        [
          program,
          'call',
          bank,
          'ica-accounts-list',
          'PSU-IP-Address=192.0.2.7',
          '--identity',
          secrets,
          '--grant',
          grantOf(secrets),
          '--json',
        ],
        environmentOf(secrets),
      )
    const medians = inTurns({
      node: () => time(process.execPath, ['-e', '0']),
      bare: () => time(process.execPath, [join(here, 'bare-undici.mjs'), bare.accountsUrl, bare.folder]),
      ...Object.fromEntries(stores.map((secrets) => [secrets, callWith(secrets)])),
    })
    const demo = inTurnsOnce(stores[0]!)
    return report(medians, demo)
  } finally {
    sandbox.kill('SIGTERM')
    await new Promise((gone) => sandbox.once('exit', gone))
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** An identity of its own per store, registered and authorised. */
function prepare(secrets: string): void {
  tpp(secrets, 'keys', 'order', '--name', secrets)
  tpp(secrets, 'register', bank, '--identity', secrets)
  tpp(secrets, 'access', 'authorise', bank, '--identity', secrets, '--scope', 'account', '--psu', 'Anna Andersson')
}

function inTurnsOnce(secrets: string): number {
  return median([0, 1, 2].map(() => time(process.execPath, [program, 'demo', '--json'], environmentOf(secrets))))
}

function report(medians: Record<string, number>, demo: number): Result[] {
  const { node = Number.NaN, bare = Number.NaN } = medians
  const results: Result[] = stores.flatMap((secrets) => {
    const value = medians[secrets] ?? Number.NaN
    const id = secrets === 'keychain' ? 'call-1' : 'call-1-vault'
    return [
      {
        id,
        value: rounded(value, 1),
        unit: 'ms',
        ratio: rounded(value / bare, 2),
        against: 'a bare undici script making the same call with key files',
      },
      { id: `${id}-node`, value: rounded(value, 1), unit: 'ms', ratio: rounded(value / node, 2), against: 'node -e 0' },
    ]
  })
  results.push({
    id: 'demo',
    value: rounded(demo, 0),
    unit: 'ms',
    ratio: rounded(demo / bare, 1),
    against: 'the bare undici script (one call; the demo makes about 30, starts a bank and makes a key)',
  })
  return results
}

console.log(JSON.stringify(await main()))
