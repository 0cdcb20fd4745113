/** Says what is not the same in two exchanges: field by field, header by header, JSON bodies by pointer. */

import type { Exchange } from '#shared/contract/exchange.ts'
import type { Difference } from '#shared/contract/history.ts'
import { compareJson } from './compare-json.ts'

export const mostDifferences = 1000

type Part = Difference['part']
type Fields = Readonly<Record<string, string | null>>

function compareFields(part: Part, a: Fields, b: Fields): Difference[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  // Own members only: a header may be called __proto__.
  const value = (fields: Fields, name: string) => (Object.hasOwn(fields, name) ? (fields[name] ?? null) : null)
  return [...names].flatMap((name) => {
    const [left, right] = [value(a, name), value(b, name)]
    return left === right ? [] : [{ part, name, a: left, b: right }]
  })
}

/** By lower-case name; a repeated field counts as one list (RFC 9110 section 5.3). */
function headerFields(headers: readonly (readonly [string, string])[] | undefined): Fields {
  const fields = new Map<string, string>()
  for (const [name, value] of headers ?? []) {
    const known = fields.get(name.toLowerCase())
    fields.set(name.toLowerCase(), known === undefined ? value : `${known}, ${value}`)
  }
  return Object.fromEntries(fields)
}

const shown = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)

const fieldsOf = (record: object | null | undefined): Fields =>
  Object.fromEntries(Object.entries(record ?? {}).map(([name, value]) => [name, shown(value)]))

function tlsFields({ tls }: Exchange): Fields {
  if (tls === null) return {}
  const { clientCertificate, serverChain, ...plain } = tls
  return {
    ...fieldsOf(plain),
    clientCertificate: clientCertificate?.sha256 ?? null,
    ...Object.fromEntries(serverChain.map(({ sha256 }, index) => [`serverChain/${index}`, sha256])),
  }
}

const callFields = ({ bank, environment, operation, identity, request: { method, url } }: Exchange): Fields => ({
  bank,
  environment,
  operation,
  identity,
  method,
  url,
})

function compareBodies(part: Part, a: string | null, b: string | null): Difference[] {
  if (a === b) return []
  return (
    compareJson(a ?? '', b ?? '', mostDifferences + 1)?.map((each) => ({ part, ...each })) ?? [{ part, name: '', a, b }]
  )
}

/** A beginning compared with a whole would differ where they do not: large bodies are compared elsewhere. */
function compareAnswers(a: Exchange, b: Exchange): Difference[] {
  if ([a, b].some(({ response }) => response?.bodyComplete === false)) return []
  return compareBodies('response-body', a.response?.body ?? null, b.response?.body ?? null)
}

const compareStatus = (a: Exchange, b: Exchange): Difference[] =>
  compareFields('status', { status: shown(a.response?.status) }, { status: shown(b.response?.status) })

/** In the order a person reads: what was called and sent, what came back, how. At most 1,000. */
export function compareExchanges(a: Exchange, b: Exchange): { differences: Difference[]; more: boolean } {
  const all = [
    ...compareFields('call', callFields(a), callFields(b)),
    ...compareFields('request-header', headerFields(a.request.headers), headerFields(b.request.headers)),
    ...compareBodies('request-body', a.request.body, b.request.body),
    ...compareStatus(a, b),
    ...compareFields('response-header', headerFields(a.response?.headers), headerFields(b.response?.headers)),
    ...compareAnswers(a, b),
    ...compareFields('fault', fieldsOf(a.fault), fieldsOf(b.fault)),
    ...compareFields('timing', fieldsOf(a.timings), fieldsOf(b.timings)),
    ...compareFields('tls', tlsFields(a), tlsFields(b)),
  ]
  return { differences: all.slice(0, mostDifferences), more: all.length > mostDifferences }
}
