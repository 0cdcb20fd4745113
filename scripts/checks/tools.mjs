// Lists the checks that are one tool's verdict on the whole repository, in the order in which they run.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { node24, toolScript, withTools } from '../setup/node-24.mjs'
import { modules, root } from '../setup/places.mjs'
import { run } from '../setup/run.mjs'

/**
 * Each runs all of its commands, whatever the first says: a list of errors is shorter than two runs.
 * @type {{ name: string, commands: { package: string, tool: string, args: string[] }[] }[]}
 */
export const checks = [
  { name: 'format', commands: [{ package: '@biomejs/biome', tool: 'biome', args: ['format', '.'] }] },
  {
    name: 'lint',
    commands: [
      { package: '@biomejs/biome', tool: 'biome', args: ['lint', '--error-on-warnings', '.'] },
      { package: 'oxlint', tool: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
    ],
  },
  { name: 'types', commands: [{ package: 'typescript', tool: 'tsc', args: ['-b'] }] },
  { name: 'banks', commands: [{ package: '@redocly/cli', tool: 'redocly', args: ['lint'] }] },
]

/** The first package of a check that is not installed. */
export function missingPackage({ commands }) {
  return commands.find((command) => !existsSync(join(modules, command.package, 'package.json')))?.package
}

/** @returns {Promise<boolean>} */
export async function runTools({ commands }) {
  // Redocly would otherwise report its use, and look for a newer version of itself.
  const env = { ...withTools(), REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  let ok = true
  for (const { package: name, tool, args } of commands) {
    const { code } = await run(node24(), [toolScript(name, tool), ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    ok = ok && code === 0
  }
  return ok
}
