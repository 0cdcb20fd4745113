// Installs the packages of package-lock.json, watched for progress and tried twice.

import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed, markInstalled } from './fingerprint.mjs'
import { installedNode24, isNode24 } from './node-24.mjs'
import { npmScript } from './npm-script.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { cache, modules, root } from './places.mjs'
import { SetupFailure, tell } from './tell.mjs'
import { watched } from './watched.mjs'

const stallSeconds = 120
const log = join(cache, 'install.log')

/** Brings node_modules to what package-lock.json asks for. */
export function install() {
  return oneAtATime(async () => {
    if (installed()) return
    if (!alreadyThere()) await npmTwice()
    markInstalled()
  })
}

/** True if somebody ran npm by hand and got the very packages wanted: installing again would only take time. */
function alreadyThere() {
  const kept = join(modules, '.package-lock.json')
  if (!existsSync(kept) || !(isNode24 || installedNode24())) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(kept, 'utf8')).packages
  const asWanted = ([path, { version, integrity, optional }]) =>
    path === '' || (present[path] ? sameAs(present[path], version, integrity) : optional === true)
  return Object.entries(wanted).every(asWanted) && Object.keys(present).every((path) => path in wanted)
}

const sameAs = (found, version, integrity) =>
  found.version === version && (found.integrity ?? integrity) === (integrity ?? found.integrity)

async function npmTwice() {
  mkdirSync(cache, { recursive: true })
  tell('Installing the packages of package-lock.json into node_modules (npm ci, usually half a minute) …')
  for (const attempt of [1, 2]) {
    const started = Date.now()
    const { stalled, code } = await npm()
    if (code === 0) {
      tell(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`)
      return
    }
    tell(stalled ? `npm made no progress for ${stallSeconds} s and was ended.` : `npm ended with ${code}.`)
    if (attempt === 1) tell('Trying once more …')
  }
  // npm itself runs on the older Node, where every package that asks for 24 gets a warning of no meaning here.
  const said = readFileSync(log, 'utf8').split('\n')
  const last = said
    .filter((line) => line !== '' && !line.includes('EBADENGINE'))
    .slice(-20)
    .join('\n')
  throw new SetupFailure(`${last}\nThe packages could not be installed; what npm said is above and, whole, in ${log}`)
}

function npm() {
  const { node, script } = npmScript()
  // On Windows a running program cannot be deleted, and this process may be the Node in node_modules: there npm
  // changes what differs instead of starting from nothing.
  const inside = process.platform === 'win32' && process.execPath.startsWith(modules)
  const verb = inside ? ['install', '--no-save'] : ['ci']
  // Talkative, because its output is the sign of progress. Tools are devDependencies and Node 24 is an optional one:
  // both are needed whatever NODE_ENV or a user's configuration leaves out.
  const args = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=http', '--include=dev', '--include=optional']
  const env = { ...process.env, NODE_ENV: 'development' }
  const everySeconds = (seconds) => seconds > 0 && seconds % 20 === 0 && tell(`… still installing, ${seconds} s`)
  return watched(node, [script, ...verb, ...args], { cwd: root, env, log, stallSeconds, everySeconds })
}
