/** Runs the sandbox program in a utility process: a packaged Electron refuses to run a script as Node. */
import type { Readable } from 'node:stream'
import type { utilityProcess as Utility } from 'electron'
import { builtProgram } from '#core/desktop.ts'
import type { StartProgram } from '#core/window-engine.ts'

export function sandboxProgram(utilityProcess: Pick<typeof Utility, 'fork'>): StartProgram {
  const [script = '', ...first] = builtProgram('sandbox').args
  return (args) => {
    const child = utilityProcess.fork(script, [...first, ...args], { stdio: 'pipe', serviceName: 'Local sandbox' })
    return {
      stdout: child.stdout as Readable | null,
      stderr: child.stderr as Readable | null,
      ended: new Promise((resolve) => child.once('exit', resolve)),
      kill(signal) {
        if (signal === 'SIGTERM') child.kill()
        else if (child.pid !== undefined) process.kill(child.pid, signal)
      },
    }
  }
}
