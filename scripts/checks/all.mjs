// Runs what `npm test` promises: set-up, checks, unit tests, and one line that counts them.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { installedPackages, ready } from '../setup/ready.mjs'
import { SetupFailure, tell } from '../setup/tell.mjs'
import { runEndToEndTests } from './e2e-tests.mjs'
import { installParts } from './packages.mjs'
import { browser, missingParts } from './parts.mjs'
import { Tally } from './tally.mjs'
import { checks, missingPackage, runTools } from './tools.mjs'
import { runUnitTests } from './unit-tests.mjs'

export const help = `npm test                          install, build, then format, lint, types, banks, unit and end-to-end tests
npm test -- PATTERN …             install, build, then only the unit tests whose path contains a pattern
npm test -- -t 'NAME'             the same for tests by name; every other argument goes to vitest as it is
npm test -- --only NAME[,NAME]    only these checks: ${checks.map((check) => check.name).join(', ')}

The last line is "N passed, N failed, N skipped"; the exit code is 1 if anything failed.
A missing program of the system (gnome-keyring, dbus, strace, openssl, chromium) is installed where we may (root on Debian,
unless TPP_NO_APT=1); otherwise what needs it is skipped, and counts as failed under CI=true.
`

/** @param {string[]} args */
export async function runAll(args) {
  const tally = new Tally()
  try {
    if (args[0] === '--only') await onlyChecks(tally, args[1])
    else await everything(tally, args)
  } catch (failure) {
    // Also a mistake of these scripts is a failure that the last line must count.
    tell(failure instanceof SetupFailure ? failure.message : String(failure?.stack ?? failure))
    tally.failed += 1
  }
  process.exitCode = tally.failed > 0 ? 1 : 0
  process.stdout.write(`\n${tally.line}\n`)
}

async function onlyChecks(tally, names = '') {
  await installedPackages()
  const wanted = names.split(',')
  const unknown = wanted.filter((name) => !checks.some((check) => check.name === name))
  if (unknown.length > 0) throw new SetupFailure(`There is no check named "${unknown.join('", "')}".\n${help}`)
  await runChecks(tally, (check) => wanted.includes(check.name))
}

async function everything(tally, vitestArguments) {
  await installedPackages()
  await installParts()
  await tally.check('build', builds)
  if (vitestArguments.length === 0) await runChecks(tally, () => true)
  for (const part of missingParts()) tally.missing(`${part.command} (package ${part.package})`, `Why: ${part.why}.`)
  tell('\n── unit tests')
  tally.add(await runUnitTests(vitestArguments))
  if (vitestArguments.length === 0 && browser() !== undefined) {
    tell('\n── end-to-end tests')
    tally.add(await runEndToEndTests())
  }
}

async function builds() {
  try {
    await ready()
    return true
  } catch (failure) {
    if (!(failure instanceof SetupFailure)) throw failure
    tell(failure.message)
    return false
  }
}

async function runChecks(tally, wanted) {
  for (const check of checks.filter(wanted)) {
    if (check.name === 'banks' && !existsSync(join(root, 'redocly.yaml'))) continue
    const missing = missingPackage(check)
    if (missing) tally.missing(`the npm package ${missing}`, `The check "${check.name}" is its work.`)
    else await tally.check(check.name, () => runTools(check))
  }
}
