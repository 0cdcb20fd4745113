// Within dbus-run-session: unlocks a new, empty keychain and runs the command given, whose exit code it passes on.

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { endLike, run } from '../setup/run.mjs'

/** The daemon reads the password, goes to the background, and ends with the session's bus. */
function unlock() {
  return new Promise((done, fail) => {
    const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
      stdio: ['pipe', 'ignore', 'inherit'],
      timeout: 20_000,
    })
    daemon.on('error', fail)
    daemon.on('exit', (code) => (code === 0 ? done() : fail(new Error(`gnome-keyring-daemon ended with ${code}`))))
    daemon.stdin.end(randomBytes(16).toString('hex'))
  })
}

await unlock()
const [command, ...args] = process.argv.slice(2)
endLike(await run(command, args))
