// Finds npm's own script, so that npm is started without a shell and by the Node that it belongs to.

import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { SetupFailure } from './tell.mjs'

/** @returns {{ node: string, script: string }} */
export function npmScript(environment = process.env) {
  // Within `npm run` npm says where it is; the Node found by name there would be ours from node_modules, without an npm.
  const { npm_execpath: script, npm_node_execpath: node } = environment
  if (script && node && existsSync(script) && existsSync(node) && /npm-cli\.c?js$/.test(script)) return { node, script }
  for (const folder of [dirname(process.execPath), ...(environment.PATH ?? environment.Path ?? '').split(delimiter)]) {
    const found = beside(folder)
    if (found) return found
  }
  throw new SetupFailure('npm was not found; it comes with Node.js: install that from https://nodejs.org.', 2)
}

function beside(folder) {
  const node = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(node)) return undefined
  // Unix keeps npm in lib beside bin (also behind a link into a version manager), Windows beside node.exe,
  // Debian's own package in share.
  const home = dirname(realpathSync(node))
  const script = [
    join(home, 'node_modules/npm/bin/npm-cli.js'),
    join(home, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(home, '../share/nodejs/npm/bin/npm-cli.js'),
  ].find((path) => existsSync(path))
  return script && { node, script }
}
