// Runs the built terminal program: in this process if it is a Node 24, otherwise in one.

import module from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isNode24, node24, withTools } from './node-24.mjs'
import { onParentGone } from './parent.mjs'
import { built, cache } from './places.mjs'
import { endLike, run } from './run.mjs'

export const program = join(built, 'main', 'tpp.js')

/** @param {string[]} args the arguments of the terminal program */
export async function runProgram(args) {
  if (!isNode24) {
    endLike(await run(node24(), [program, ...args], { env: withTools() }))
    return
  }
  // A folder of ours: the default one in the system's temporary folder is shared with other users.
  module.enableCompileCache?.(join(cache, 'compiled'))
  onParentGone(() => process.kill(process.pid, 'SIGTERM'))
  process.argv.splice(1, process.argv.length, program, ...args)
  await import(pathToFileURL(program).href)
}
