// Builds the programs into out/ when their sources have changed, one build at a time.

import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { markBuilt, sourcesWanted, upToDate } from './fingerprint.mjs'
import { node24, toolScript, withTools } from './node-24.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { built, root } from './places.mjs'
import { run } from './run.mjs'
import { SetupFailure, tell } from './tell.mjs'

const day = 24 * 60 * 60 * 1000

/** Brings out/ to what the sources say. Nothing of it goes to stdout. */
export function build() {
  return oneAtATime(async () => {
    if (upToDate()) return
    const started = Date.now()
    const sources = sourcesWanted()
    tell('Building into out/ …')
    const args = [toolScript('electron-vite', 'electron-vite'), 'build', '--logLevel', 'warn']
    const { code } = await run(node24(), args, { cwd: root, env: withTools(), stdio: ['ignore', 2, 2] })
    if (code !== 0) throw new SetupFailure('The build failed; the reason is above.', 70)
    removeOld(started - day)
    markBuilt(sources)
    tell(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  })
}

/** Parts of earlier builds stay for a day: a program still running from one may yet load them. */
function removeOld(before) {
  for (const entry of readdirSync(built, { recursive: true })) {
    const path = join(built, entry)
    const found = statSync(path)
    if (found.isFile() && found.mtimeMs < before) rmSync(path, { force: true })
  }
}
