// Runs a program as long as it makes progress, and ends it with everything it started when it makes none.

import { spawn } from 'node:child_process'
import { createWriteStream, readdirSync, readFileSync } from 'node:fs'

/** Processor time in clock ticks (10 ms) that a waiting Node spends on nothing within two minutes, and more. */
const idleTicks = 20

/**
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, log: string, stallSeconds: number, everySeconds: (seconds: number) => void }} options
 * @returns {Promise<{ stalled: boolean, code: number | null }>}
 */
export function watched(file, args, { cwd, env, log, stallSeconds, everySeconds }) {
  return new Promise((done, fail) => {
    const output = createWriteStream(log)
    // A group of its own can be ended as a whole; Ctrl-C no longer reaches it by itself, so that is done here.
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: !onWindows })
    const started = Date.now()
    let last = { at: started, ticks: 0 }
    let stalled = false
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes) => {
        last = { ...last, at: Date.now() }
        output.write(bytes)
      })
    }
    const watch = setInterval(() => {
      const ticks = processorTicks(child.pid)
      if (Math.abs(ticks - last.ticks) >= idleTicks) last = { at: Date.now(), ticks }
      everySeconds(Math.round((Date.now() - started) / 1000))
      if (Date.now() - last.at < stallSeconds * 1000) return
      stalled = true
      endTree(child.pid)
    }, 1000)
    const interrupted = (signal) => {
      endTree(child.pid)
      process.off(signal, interrupted)
      process.kill(process.pid, signal)
    }
    for (const signal of signals) process.on(signal, interrupted)
    const stop = () => {
      clearInterval(watch)
      for (const signal of signals) process.off(signal, interrupted)
    }
    child.on('error', (cause) => {
      stop()
      fail(cause)
    })
    child.on('close', (code) => {
      stop()
      output.end(() => done({ stalled, code }))
    })
  })
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
const onWindows = process.platform === 'win32'

/** Not the polite signal: an npm that hangs has been seen to ignore it. */
function endTree(pid) {
  if (onWindows) {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (failure) {
    if (failure.code !== 'ESRCH') throw failure
  }
}

/** What the group has used so far; 0 where the system does not say, so that its output alone counts. */
function processorTicks(group) {
  if (process.platform !== 'linux') return 0
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // The name in brackets may hold spaces: fields are counted behind it (proc(5): 5 pgrp, 14 utime, 15 stime).
      const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      if (Number(fields[2]) === group) ticks += Number(fields[11]) + Number(fields[12])
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return ticks
}
