/** The clock a simulated bank judges by: this machine's, unless the call at hand meets a bank whose clock is wrong. */
import { AsyncLocalStorage } from 'node:async_hooks'

const skew = new AsyncLocalStorage<number>()

/** Milliseconds since 1970. */
export const bankNow = (): number => Date.now() + (skew.getStore() ?? 0) * 1000

/** @param seconds how far ahead the clock is while `work` runs; negative: behind. */
export const withClockSkew = <Result>(seconds: number, work: () => Result): Result => skew.run(seconds, work)
