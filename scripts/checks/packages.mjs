// Fetches missing parts from Debian's archive where that is ours to do: as root, on Debian, unless TPP_NO_APT is 1.

import { existsSync, readdirSync } from 'node:fs'
import { run } from '../setup/run.mjs'
import { tell } from '../setup/tell.mjs'
import { missingParts, onPath } from './parts.mjs'

const lists = '/var/lib/apt/lists'

export async function installParts() {
  const missing = missingParts()
  if (missing.length === 0 || !mayInstall()) return
  tell('Installing Debian packages for the tests (TPP_NO_APT=1 leaves them out):')
  for (const part of missing) tell(`  ${part.package}: ${part.why}`)
  const names = missing.map((part) => part.package)
  // A machine fresh from its image has no lists, and old lists name versions that the archive no longer has.
  const installed =
    (hasLists() && (await apt('install', ...names))) || ((await apt('update')) && (await apt('install', ...names)))
  if (!installed) tell('The packages could not be installed; what apt-get said is above.')
  else for (const { service } of missing) if (service !== undefined) await leaveOff(service)
}

/** Tests start a server for themselves; the machine shall not have one more that is on from now on. */
async function leaveOff(service) {
  if (onPath('update-rc.d')) await run('update-rc.d', [service, 'disable'], { stdio: ['ignore', 2, 2] })
}

function mayInstall() {
  const debian = process.platform === 'linux' && existsSync('/etc/debian_version') && onPath('apt-get')
  return debian && process.getuid() === 0 && process.env.TPP_NO_APT !== '1'
}

function hasLists() {
  return existsSync(lists) && readdirSync(lists).some((name) => name.includes('_Packages'))
}

async function apt(verb, ...names) {
  const patient = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3', '-o', 'Acquire::http::Timeout=30']
  const args = verb === 'install' ? [verb, '-y', '-q', '--no-install-recommends', ...names] : [verb, '-q']
  // With SYSTEMD_OFFLINE a package's own script starts no service.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_OFFLINE: '1' }
  const { code } = await run('apt-get', [...patient, ...args], { env, stdio: ['ignore', 2, 2] })
  return code === 0
}
