/** Thrown by a bank's code where a request ends early: carries the answer to give. */
import type { Answer } from '#sandbox/net/answer.ts'

export class Refused extends Error {
  override readonly name = 'Refused'
  readonly answer: Answer

  constructor(answer: Answer) {
    super(answer.reason)
    this.answer = answer
  }
}
