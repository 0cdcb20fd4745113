// Starts the local sandbox and says, in a few lines, what runs and what to try in another terminal.

import { createInterface } from 'node:readline'
import { node24, withTools } from '../setup/node-24.mjs'
import { program } from '../setup/program.mjs'
import { endLike, run } from '../setup/run.mjs'
import { SetupFailure } from '../setup/tell.mjs'

/** @param {(sentence: string) => void} tell */
export async function startSandbox(tell) {
  tell('Starting the local sandbox …')
  let ready = false
  const end = await run(node24(), [program, 'sandbox', '--json'], {
    env: withTools(),
    stdio: ['inherit', 'pipe', 'inherit'],
    onStart: (child) =>
      createInterface({ input: child.stdout }).on('line', (line) => {
        // A person reads the sentences below; a program that started us reads the sandbox's own line.
        if (!process.stdout.isTTY) process.stdout.write(`${line}\n`)
        if (ready) return
        const said = answer(line)
        ready = said.ready === true
        if (ready) for (const sentence of sentences(said)) tell(sentence)
        else if (said.fault) tell(said.fault.message)
      }),
  })
  if (!ready) throw new SetupFailure('The local sandbox ended before it was ready; the reason is above.', end.code || 1)
  endLike(end)
}

/** The document in a line of the sandbox, or an empty one. */
function answer(line) {
  try {
    return JSON.parse(line) ?? {}
  } catch {
    return {}
  }
}

/** @param {{ control: string, banks: { id: string }[] }} said the sandbox's ready line */
export function sentences({ control, banks }) {
  const ids = banks.map((bank) => bank.id)
  return [
    `The local sandbox is running: ${ids.join(', ')} (control: ${control}). Ctrl-C stops it.`,
    'In another terminal:',
    '  npm run -s tpp -- demo',
    `  npm run -s tpp -- operations ${ids[0]}`,
    '  npm run -s tpp -- errors signature',
  ]
}
