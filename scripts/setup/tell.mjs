// Speaks to the person at the terminal, always on stderr: stdout belongs to the program's answers.

export function tell(sentence) {
  process.stderr.write(`${sentence}\n`)
}

/** A failure that the scripts explain themselves: its sentence is printed without a stack. */
export class SetupFailure extends Error {
  /** @param {string} sentence @param {number} exitCode the number the whole command ends with */
  constructor(sentence, exitCode = 1) {
    super(sentence)
    this.exitCode = exitCode
  }
}

/** Runs a command's work; an explained failure becomes its sentence and its number, any other keeps its stack. */
export async function explained(work) {
  try {
    await work()
  } catch (failure) {
    if (!(failure instanceof SetupFailure)) throw failure
    tell(failure.message)
    process.exitCode = failure.exitCode
  }
}
