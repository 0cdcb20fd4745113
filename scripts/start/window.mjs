// Opens the workbench's window: in Electron where that can run, otherwise in a browser through the local host.

import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { node24, withTools } from '../setup/node-24.mjs'
import { built, root } from '../setup/places.mjs'
import { endLike, run } from '../setup/run.mjs'
import { SetupFailure } from '../setup/tell.mjs'
import { electronProgram } from './electron-program.mjs'

/** Milliseconds within which an end by a signal means that Electron's sandbox cannot start on this machine. */
const couldNotStart = 5000

/** @param {(sentence: string) => void} tell */
export async function startWindow(tell) {
  const electron = await electronProgram(tell)
  if (electron.path && (await inElectron(electron.path, tell))) return
  if (electron.why) tell(`The window opens in a browser, not in Electron: ${electron.why}.`)
  await inBrowser(tell)
}

/** @returns {Promise<boolean>} false when it could not start */
async function inElectron(path, tell) {
  tell('Opening the workbench …')
  // Terminals inside Electron programs set it, and would make a plain Node of this one.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = withTools()
  const started = Date.now()
  const end = await run(path, [root], { cwd: root, env })
  if (end.signal && Date.now() - started < couldNotStart) {
    tell(`Electron could not start here (${end.signal}); the window opens in a browser.`)
    return false
  }
  endLike(end)
  return true
}

async function inBrowser(tell) {
  tell('Starting the workbench and the local sandbox …')
  let ready = false
  const end = await run(node24(), [join(built, 'main', 'local.js'), '--open'], {
    cwd: root,
    env: withTools(),
    stdio: ['inherit', 'pipe', 'inherit'],
    onStart: (child) =>
      createInterface({ input: child.stdout }).on('line', (line) => {
        // A person reads the sentences below; a program that started us reads the host's own line.
        if (!process.stdout.isTTY) process.stdout.write(`${line}\n`)
        if (ready) return
        const said = answer(line)
        ready = said.ready === true
        if (ready) for (const sentence of sentences(said.url)) tell(sentence)
        else if (said.fault) tell(said.fault.message)
      }),
  })
  if (!ready) throw new SetupFailure('The workbench ended before it was ready; the reason is above.', end.code || 1)
  endLike(end)
}

/** The document in a line of the host, or an empty one. */
function answer(line) {
  try {
    return JSON.parse(line) ?? {}
  } catch {
    return {}
  }
}

/** @param {string} url the start link */
export function sentences(url) {
  return [
    'The workbench is running. Its page (this link opens one browser, once, within ten minutes):',
    `  ${url}`,
    'Enter prints a fresh link, Ctrl-C stops the workbench.',
  ]
}
