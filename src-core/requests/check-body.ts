/** Checks a draft's body against the operation's schema before it leaves. */
import type { Finding } from '#shared/contract/exchange.ts'
import { Fault, isFault } from '#shared/fault.ts'
import type { Bank, Operation } from '../banks/bank.ts'
import { checkSchema, type SchemaProblem } from './check-schema.ts'
import { jsonErrorOffset } from './json-error.ts'

/** `application/json` and everything that ends in `+json` (RFC 6839 section 3.1). */
const json = /^application\/([\w.-]+\+)?json\b/i

/** JSON text as its value; the message of a syntax error names line and column. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const before = text.slice(0, jsonErrorOffset(text))
    const line = before.split('\n').length
    const column = before.length - before.lastIndexOf('\n')
    throw new Fault(
      'BODY_INVALID',
      `The body is not valid JSON: line ${line}, column ${column}.`,
      { line, column },
      cause,
    )
  }
}

function problemsSentence(problems: readonly SchemaProblem[]): string {
  const shown = problems
    .slice(0, 5)
    .map(({ pointer, message }) => `${pointer === '' ? 'the body' : pointer} ${message}`)
  const more = problems.length > 5 ? ` (and ${problems.length - 5} more)` : ''
  return `The body does not fit the schema: ${shown.join('; ')}${more}.`
}

/** Throws BODY_INVALID; with `insist` gives findings instead. Form bodies are checked as flat objects. */
export async function checkBody(
  bank: Bank,
  operation: Operation,
  body: string | undefined,
  insist: boolean,
): Promise<Finding[]> {
  const finding = (message: string): Finding[] => [{ id: 'body-invalid', severity: 'error', message }]
  const expected = operation.body
  if (expected === null) {
    if (body === undefined || body === '') return []
    const message = `${operation.id} takes no body.`
    if (!insist) throw new Fault('BODY_INVALID', message, { operation: operation.id })
    return finding(message)
  }
  if (body === undefined || body === '') {
    if (!expected.required) return []
    const message = `${operation.id} needs a body of type ${expected.contentType}. Give it with --body or --body-file.`
    if (!insist) throw new Fault('BODY_INVALID', message, { operation: operation.id })
    return finding(message)
  }
  try {
    const value = json.test(expected.contentType) ? parseJson(body) : Object.fromEntries(new URLSearchParams(body))
    const problems = await checkSchema(bank, expected.schema, value)
    if (problems.length === 0) return []
    throw new Fault('BODY_INVALID', problemsSentence(problems), { operation: operation.id, problems })
  } catch (fault) {
    if (insist && isFault(fault) && fault.code === 'BODY_INVALID') return finding(fault.message)
    throw fault
  }
}
