/** Measures the built program side by side with bare programs, in one run on one machine: `npm run bench -- [--json] [--rounds N] [--peers]`. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { whyNoKeyringTests } from '../test/keyring/keyring-tests-possible.ts'
import { makePrivateKeyring } from '../test/keyring/private-keyring.ts'
import { findBrowser } from './browser.ts'
import type { Result } from './result.ts'

const run = promisify(execFile)

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rounds: { type: 'string', default: '15' },
    /** Only these parts: terminal, transport, history, sandbox, explain, window, accounts, views. */
    only: { type: 'string', multiple: true },
    peers: { type: 'boolean' },
  },
})

if (!existsSync(resolve(import.meta.dirname, '../out/main/tpp.js'))) {
  process.stderr.write('bench: out/main/tpp.js is missing; run "npm run build" first.\n')
  process.exit(2)
}

/** One keyring for a whole script, as a desktop session has it. Where none can be had the vault is measured alone. */
async function measured(script: string, rounds: string, more: readonly string[] = []): Promise<Result[]> {
  const command = [process.execPath, resolve(import.meta.dirname, script), '--rounds', rounds, ...more]
  if (whyNoKeyringTests() !== null)
    return JSON.parse((await run(command[0]!, [...command.slice(1), '--no-keychain'])).stdout) as Result[]
  const keyring = await makePrivateKeyring()
  try {
    const { code, stdout, stderr } = await keyring.run('unlocked', command, { timeoutMilliseconds: 1_800_000 })
    if (code !== 0) throw new Error(stderr)
    return JSON.parse(stdout) as Result[]
  } finally {
    await keyring.remove()
  }
}

/** The window needs a browser; without one such a part is left out, aloud. */
async function measuredInBrowser(what: string, name: string): Promise<Result[]> {
  const browser = findBrowser()
  if (browser === undefined) {
    process.stderr.write(`bench: SKIPPED, not measured here: ${what}: no Chromium-family browser was found.\n`)
    return []
  }
  const script = resolve(import.meta.dirname, name)
  const { stdout } = await run(process.execPath, [script, '--browser', browser])
  return JSON.parse(stdout) as Result[]
}

/** A database with 100,000 exchanges, made for it. */
async function measuredHistory(): Promise<Result[]> {
  const { stdout } = await run(process.execPath, [resolve(import.meta.dirname, 'measure-history.ts')])
  return JSON.parse(stdout) as Result[]
}

/** What findings and explanations cost a call. */
async function measuredExplain(): Promise<Result[]> {
  const measure = async (script: string) =>
    JSON.parse((await run(process.execPath, [resolve(import.meta.dirname, script)])).stdout) as Result[]
  return [...(await measure('measure-explain.ts')), ...(await measure('measure-looked-up.ts'))]
}

/** The sandbox program by itself: its start, its answers, a hundred tenants. */
async function measuredSandbox(): Promise<Result[]> {
  const script = resolve(import.meta.dirname, 'measure-sandbox.ts')
  const { stdout } = await run(process.execPath, [script, '--rounds', runRounds])
  return JSON.parse(stdout) as Result[]
}

/** A run takes hundreds of calls: fewer rounds give as steady a median. */
const runRounds = String(Math.max(1, Math.ceil(Number(values.rounds) / 2)))

/** newman and Bruno's terminal program are no part of the project: fetched into a folder of their own when asked for. */
async function peersAreHere(): Promise<boolean> {
  const skipped = (why: string) => process.stderr.write(`bench: SKIPPED, not measured here: newman and Bruno: ${why}\n`)
  if (!values.peers) {
    skipped('not asked for; add --peers, and they are installed into bench/peers.')
    return false
  }
  try {
    const folder = resolve(import.meta.dirname, 'peers')
    if (!existsSync(resolve(folder, 'node_modules')))
      await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'], { cwd: folder })
    return true
  } catch (error) {
    skipped(`they could not be installed: ${(error as Error).message.split('\n')[0]}`)
    return false
  }
}

const parts: Record<string, () => Promise<Result[]>> = {
  terminal: () => measured('measure-terminal.ts', values.rounds),
  transport: async () => measured('measure-transport.ts', runRounds, (await peersAreHere()) ? ['--peers'] : []),
  history: measuredHistory,
  sandbox: measuredSandbox,
  explain: measuredExplain,
  window: () => measuredInBrowser('the window', 'measure-window.ts'),
  accounts: () => measuredInBrowser('accounts', 'measure-accounts.ts'),
  views: () => measuredInBrowser('opening views', 'measure-views.ts'),
}
const unknown = values.only?.filter((name) => !Object.hasOwn(parts, name)) ?? []
if (unknown.length > 0) {
  process.stderr.write(`bench: --only takes ${Object.keys(parts).join(', ')}, not "${unknown.join(', ')}".\n`)
  process.exit(2)
}
const results: Result[] = []
for (const [name, measure] of Object.entries(parts))
  if (values.only === undefined || values.only.includes(name)) results.push(...(await measure()))
if (values.json) console.log(JSON.stringify({ results }))
else
  for (const { id, value, unit, ratio, against } of results)
    console.log(`${id.padEnd(14)}${String(value).padStart(9)} ${unit}  ${String(ratio).padStart(7)} × ${against}`)
