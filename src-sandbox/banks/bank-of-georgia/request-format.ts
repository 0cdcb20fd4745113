/** Holds a request against the bank's document: its id, the format it wants back, its parameters and its body. */
import { headerOf, type Received } from '#sandbox/net/answer.ts'
import type { Obstacle } from './client-certificate.ts'

export interface FormatObstacle extends Obstacle {
  readonly path?: string
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const formatError = '400-format-error'

export function requestIdObstacle(received: Received): FormatObstacle | null {
  const id = headerOf(received, 'x-request-id')
  if (id !== undefined && uuid.test(id)) return null
  const reason = id === undefined ? 'X-Request-ID is missing' : 'X-Request-ID is no UUID'
  return { row: formatError, reason, path: 'X-Request-ID' }
}

const served = ['*/*', 'application/*', 'application/json', 'application/problem+json']

export function acceptObstacle(received: Received): FormatObstacle | null {
  const accept = headerOf(received, 'accept')
  if (!accept) return null
  const wanted = accept.split(',').map((one) => one.trim())
  const isServed = (one: string): boolean => {
    const [type = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
    return served.includes(type) && !parameters.includes('q=0')
  }
  if (wanted.some(isServed)) return null
  return {
    row: '406-requested-formats-invalid',
    reason: `Accept is ${accept}; the bank has application/json`,
    path: 'Accept',
  }
}

/** `/requestBody/instructedAmount/amount` → `instructedAmount.amount`; headers and parameters by their name. */
function placeOf(finding: string): string | undefined {
  const [pointer = ''] = finding.split(' ')
  const [, where, ...rest] = pointer.split('/')
  const missing = /required property '([^']+)'/.exec(finding)?.[1]
  const names = [...rest, ...(missing ? [missing] : [])]
  if (names.length === 0) return undefined
  return where === 'requestBody' ? names.join('.') : names.at(-1)
}

/** The query's own additions are judged by name: the bank's links have a parameter that the document does not. */
const isJudgedByName = (finding: string): boolean =>
  finding.startsWith('/query') && finding.includes('must NOT have additional properties')

/** @param findings against the document. */
export function findingsObstacle(findings: readonly string[]): FormatObstacle | null {
  const first = findings.find((finding) => !isJudgedByName(finding))
  if (first === undefined) return null
  const path = placeOf(first)
  return { row: formatError, reason: first.replace(/^\//, ''), ...(path && { path }) }
}

/** Parameters of the query that the document does not have. */
export const strangeParameter = (received: Received, known: readonly string[]): string | undefined =>
  [...received.query.keys()].find((name) => !known.includes(name))
