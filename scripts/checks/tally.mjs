// Counts what passed, failed and was left out, and says so in the one line that a CI reads last.

import { tell } from '../setup/tell.mjs'

export class Tally {
  passed = 0
  failed = 0
  skipped = 0

  /** Runs one check, times it, and counts it once. */
  async check(name, work) {
    tell(`\n── ${name}`)
    const started = Date.now()
    const ok = await work()
    if (ok) this.passed += 1
    else this.failed += 1
    tell(`── ${name}: ${ok ? 'passed' : 'FAILED'} after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  }

  /** Counts tests that a tool has run. */
  add({ passed, failed, skipped }) {
    this.passed += passed
    this.failed += failed
    this.skipped += skipped
  }

  /** A part that is not there: left out on a person's machine, a failure in CI, where nothing may be left out. */
  missing(what, why) {
    const inCi = process.env.CI === 'true'
    if (inCi) this.failed += 1
    else this.skipped += 1
    tell(`\n${inCi ? 'FAILED' : 'SKIPPED'}: ${what} is not here. ${why}`)
  }

  get line() {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`
  }
}
