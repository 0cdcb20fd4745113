/** Explains a call that somebody else made, from what a report tells of it. */
import type { Explanation } from '#shared/contract/exchange.ts'
import { type CallFacts, nothingAround } from '../call-facts.ts'
import { clockAhead } from '../call-memory.ts'
import type { ReportedCall } from '../report/open-report.ts'
import { explain } from './explain.ts'

/** Everything about the other's identity, grants and history is unknown, and is said to be. */
export function factsOfReport({ bank, environment, operation, values, entry, answer }: ReportedCall): CallFacts {
  const { request, response } = entry
  const at = entry.at === null ? Number.NaN : Date.parse(entry.at)
  const date = response?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1]
  // Without a time of its own the report is judged by the time of the answer.
  const answered = Number.isNaN(at) ? Date.parse(date ?? '') : at
  return {
    bank,
    environment: bank.environment(environment),
    operation,
    at: Number.isNaN(answered) ? Date.now() : answered,
    ahead: Number.isNaN(at) ? (Number.isNaN(answered) ? null : 0) : clockAhead(date, at),
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: request.body,
    values,
    identity: entry.clientCertificate === false ? null : undefined,
    grant: null,
    scope: operation.scope?.replace(/\{([^}]+)\}/g, (_, name: string) => values[name] ?? '') ?? null,
    schemaFindings: null,
    codeSince: null,
    around: nothingAround,
    outcome: {
      status: response?.status ?? null,
      headers: response?.headers ?? [],
      body: answer,
      fault: null,
      tls: null,
      signature: null,
      waited: null,
      shown: { url: request.url, body: request.body },
    },
  }
}

export const explainReport = (call: ReportedCall): Explanation[] => explain(factsOfReport(call))
