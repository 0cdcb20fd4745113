/** How the token endpoint refuses. */
import { Refused } from '#sandbox/bank/refused.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import type { IcaSurroundings } from './ica-surroundings.ts'

/** Ends the request with an error of RFC 6749 section 5.2. */
export function refuseGrant(error: string, description: string): never {
  throw new Refused(
    jsonAnswer(400, { error, error_description: description }, `${error}: ${description}`, { pragma: 'no-cache' }),
  )
}

/** Ends it with a row of the bank's table, put so that an OAuth client understands it as well. */
export function refuseWithRow(ica: IcaSurroundings, row: string, error: string, description: string): never {
  const { status, ...problem } = ica.rows.read(row)
  const body = { error, error_description: description, ...problem }
  throw new Refused(jsonAnswer(status, body, `${row}: ${description}`, { pragma: 'no-cache' }))
}
