/** A control call that was not carried out, with the reason a person can act on. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly error: string

  constructor(status: number, error: string, message: string) {
    super(message)
    this.status = status
    this.error = error
  }
}
