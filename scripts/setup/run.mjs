// Runs a program in our place: its input and output are ours, signals reach it, and its end is passed through.

import { spawn } from 'node:child_process'
import { onParentGone } from './parent.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Starts a program and waits for its end: resolves to { code, signal }, one of them null.
 * @param {string} file
 * @param {string[]} args
 * @param {object} options those of child_process.spawn, and onStart(child)
 */
export function run(file, args, { onStart, ...options } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options })
    const forward = (signal) => {
      // At a terminal the whole group has already heard Ctrl-C; a second one would mean "at once" to some programs.
      if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal)
    }
    for (const signal of signals) process.on(signal, forward)
    const parentStays = onParentGone(() => child.kill('SIGTERM'))
    const stop = () => {
      parentStays()
      for (const signal of signals) process.off(signal, forward)
    }
    child.on('error', (cause) => {
      stop()
      fail(cause)
    })
    child.on('close', (code, signal) => {
      stop()
      done({ code, signal })
    })
    onStart?.(child)
  })
}

/** Ends this process the way the other one ended. */
export function endLike({ code, signal }) {
  if (signal) process.kill(process.pid, signal)
  else process.exitCode = code ?? 1
}
