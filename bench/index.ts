/** Measures the built program side by side with bare programs, in one run on one machine: `npm run bench -- [--json] [--rounds N]`. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { whyNoKeyringTests } from '../test/keyring/keyring-tests-possible.ts'
import { makePrivateKeyring } from '../test/keyring/private-keyring.ts'
import { findBrowser } from './browser.ts'
import type { Result } from './result.ts'

const run = promisify(execFile)

const { values } = parseArgs({ options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '15' } } })

if (!existsSync(resolve(import.meta.dirname, '../out/main/tpp.js'))) {
  process.stderr.write('bench: out/main/tpp.js is missing; run "npm run build" first.\n')
  process.exit(2)
}

/** One keyring for a whole script, as a desktop session has it. Where none can be had the vault is measured alone. */
async function measured(script: string, rounds: string): Promise<Result[]> {
  const command = [process.execPath, resolve(import.meta.dirname, script), '--rounds', rounds]
  if (whyNoKeyringTests() !== null)
    return JSON.parse((await run(command[0]!, [...command.slice(1), '--no-keychain'])).stdout) as Result[]
  const keyring = await makePrivateKeyring()
  try {
    const { code, stdout, stderr } = await keyring.run('unlocked', command, { timeoutMilliseconds: 600_000 })
    if (code !== 0) throw new Error(stderr)
    return JSON.parse(stdout) as Result[]
  } finally {
    await keyring.remove()
  }
}

/** The window needs a browser; without one that part is left out, aloud. */
async function measuredWindow(): Promise<Result[]> {
  const browser = findBrowser()
  if (browser === undefined) {
    process.stderr.write('bench: SKIPPED, not measured here: the window: no Chromium-family browser was found.\n')
    return []
  }
  const script = resolve(import.meta.dirname, 'measure-window.ts')
  const { stdout } = await run(process.execPath, [script, '--browser', browser])
  return JSON.parse(stdout) as Result[]
}

/** A database with 100,000 exchanges, made for it. */
async function measuredHistory(): Promise<Result[]> {
  const { stdout } = await run(process.execPath, [resolve(import.meta.dirname, 'measure-history.ts')])
  return JSON.parse(stdout) as Result[]
}

/** A run takes hundreds of calls: fewer rounds give as steady a median. */
const runRounds = String(Math.max(1, Math.ceil(Number(values.rounds) / 2)))

const results = [
  ...(await measured('measure-terminal.ts', values.rounds)),
  ...(await measured('measure-transport.ts', runRounds)),
  ...(await measuredHistory()),
  ...(await measuredWindow()),
]
if (values.json) console.log(JSON.stringify({ results }))
else
  for (const { id, value, unit, ratio, against } of results)
    console.log(`${id.padEnd(14)}${String(value).padStart(9)} ${unit}  ${String(ratio).padStart(7)} × ${against}`)
