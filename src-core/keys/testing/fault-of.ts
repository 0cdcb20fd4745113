/** Waits for work that has to be refused and returns its Fault. */
import { type Fault, isFault } from '#shared/fault.ts'

/** Throws when the work succeeds or fails with anything but a Fault. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
  try {
    await work
  } catch (error) {
    if (isFault(error)) return error
    throw error
  }
  throw new Error('It was accepted.')
}
