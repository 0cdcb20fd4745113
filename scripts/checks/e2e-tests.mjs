// Runs the tests through the window in a browser that is on the machine, and counts them.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { node24, toolScript, withTools } from '../setup/node-24.mjs'
import { cache, root } from '../setup/places.mjs'
import { run } from '../setup/run.mjs'

const report = join(cache, 'e2e-tests.json')

/** @returns {Promise<{ passed: number, failed: number, skipped: number }>} */
export async function runEndToEndTests() {
  mkdirSync(cache, { recursive: true })
  rmSync(report, { force: true })
  const { code } = await run(
    node24(),
    [toolScript('@playwright/test', 'playwright'), 'test', '-c', join('e2e', 'playwright.config.ts')],
    {
      cwd: root,
      env: { ...withTools(), TPP_E2E_JSON: report },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(report, 'utf8')).stats
  // Flaky is broken.
  const failed = unexpected + flaky
  return { passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed, skipped }
}
