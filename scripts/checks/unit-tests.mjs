// Runs the unit tests in a home and a keychain of their own, and counts them.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { node24, toolScript, withTools } from '../setup/node-24.mjs'
import { cache, root } from '../setup/places.mjs'
import { run } from '../setup/run.mjs'
import { onPath } from './parts.mjs'

const report = join(cache, 'unit-tests.json')
const session = fileURLToPath(new URL('keychain-session.mjs', import.meta.url))

/**
 * @param {string[]} args what vitest is told besides: patterns, -t, …
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runUnitTests(args) {
  mkdirSync(cache, { recursive: true })
  rmSync(report, { force: true })
  const scratch = mkdtempSync(join(tmpdir(), 'tpp-'))
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const vitest = [toolScript('vitest', 'vitest'), 'run', ...reporters, ...args]
  const ownKeychain = onPath('dbus-run-session') && onPath('gnome-keyring-daemon')
  try {
    const { code } = await run(
      ownKeychain ? 'dbus-run-session' : node24(),
      ownKeychain ? ['--', node24(), session, node24(), ...vitest] : vitest,
      { cwd: root, env: scratchEnvironment(scratch, ownKeychain), stdio: ['ignore', 'inherit', 'inherit'] },
    )
    return counted(code)
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 })
  }
}

/**
 * Nothing of the person's own is in reach: neither files in the home folder nor the session's keychain.
 * TPP_PRIVATE_KEYCHAIN says that the Secret Service found is one that tests may fill.
 */
function scratchEnvironment(scratch, ownKeychain) {
  const { DBUS_SESSION_BUS_ADDRESS, DISPLAY, WAYLAND_DISPLAY, GNOME_KEYRING_CONTROL, ...rest } = withTools()
  const folders = { HOME: 'home', XDG_DATA_HOME: 'data', XDG_CONFIG_HOME: 'config', XDG_RUNTIME_DIR: 'run' }
  const env = { ...rest, ...(ownKeychain ? { TPP_PRIVATE_KEYCHAIN: '1' } : {}) }
  for (const [name, folder] of Object.entries(folders)) {
    env[name] = join(scratch, folder)
    mkdirSync(env[name], { mode: 0o700 })
  }
  return env
}

/** Vitest's own numbers; what failed without being a test (a file that does not load, a crash) counts as one each. */
function counted(code) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const said = JSON.parse(readFileSync(report, 'utf8'))
  const broken = said.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = said.numFailedTests + broken.length
  return {
    passed: said.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: said.numPendingTests + said.numTodoTests,
  }
}
