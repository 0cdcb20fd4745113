/** Preflight of headers: those a person set that are malformed, cannot be sent, or ask for what the bank does not have. */
import { headerOf } from '../call-facts.ts'
import { oddHeaders } from '../evidence/request.ts'
import { type Rule, remedy, whenProven } from './rule.ts'

/** Printable Latin-1, the bytes a header can carry (RFC 9110 section 5.5). */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/
/** RFC 9110 section 5.1. */
const fieldName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/

function trouble(name: string, value: string): string | null {
  if (!fieldName.test(name)) return 'is no name of a header'
  if (/[\r\n]/.test(value)) return 'holds a line break (CR or LF)'
  if (/\p{Cc}/u.test(value.replaceAll('\t', ''))) return 'holds a control character'
  return fieldValue.test(value) ? null : 'holds a character outside Latin-1'
}

const unsendable: Rule = (facts) =>
  facts.headers.flatMap(([name, value]) => {
    const what = trouble(name, value)
    if (what === null) return []
    return {
      id: 'header-unsendable',
      severity: 'error' as const,
      message: `The header ${JSON.stringify(name)} ${what}; HTTP cannot carry it.`,
      remedy: 'Remove it or encode the value.',
      place: { kind: 'header' as const, name },
      remedies: [remedy.removeHeader(facts, name)],
    }
  })

/** Of these there are rules that say more. */
const spokenOf = new Set(['digest', 'date', 'signature', 'x-request-id', 'accept', 'authorization'])

/** Those of parameters are findings of the schema already, by their names. */
const invalid: Rule = (facts) => {
  const known = facts.schemaFindings?.map(({ message }) => message.toLowerCase()) ?? []
  return oddHeaders(facts)
    .filter((name) => !spokenOf.has(name.toLowerCase()))
    .filter((name) => !known.some((message) => message.includes(`"${name.toLowerCase()}"`)))
    .map((name) => ({
      id: 'header-invalid',
      severity: 'warning' as const,
      message: `${name} does not have the form the bank’s document gives.`,
      remedy: 'Compare the value with the documentation of the header.',
      place: { kind: 'header' as const, name },
    }))
}

const requestId = whenProven('request-id-absent', (facts) =>
  headerOf(facts.headers, 'x-request-id') === null
    ? null
    : {
        id: 'request-id-malformed',
        severity: 'warning',
        remedy: 'Leave it out: the workbench makes a new UUID for every call.',
        place: { kind: 'header', name: 'X-Request-ID' },
        remedies: [remedy.removeHeader(facts, 'X-Request-ID')],
      },
)

const authorization = whenProven('authorization-malformed', (facts) => ({
  id: 'authorization-malformed',
  severity: 'warning',
  remedy: 'Write "Bearer", one blank and the token, or leave the header to the grant.',
  place: { kind: 'header', name: 'Authorization' },
  remedies: [remedy.removeHeader(facts, 'Authorization')],
}))

const accept = whenProven('accept-not-json', (facts) => ({
  id: 'accept-not-json',
  severity: 'warning',
  remedy: 'Leave Accept out, or name application/json in it.',
  place: { kind: 'header', name: 'Accept' },
  remedies: [remedy.removeHeader(facts, 'Accept')],
}))

export const headerRules: readonly Rule[] = [unsendable, invalid, requestId, authorization, accept]
