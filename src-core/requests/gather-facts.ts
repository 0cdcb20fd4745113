/** Puts the facts of one call together: from what was prepared, and from what came of it. */
import type { Exchange } from '#shared/contract/exchange.ts'
import type { CallReport } from '../http/call.ts'
import { type CallFacts, headerOf, type Surroundings } from './call-facts.ts'
import type { CallKnowledge } from './call-knowledge.ts'
import { clockAhead } from './call-memory.ts'
import { parameterValues } from './look-up.ts'
import type { Prepared } from './prepared.ts'

function codeOf({ body, operation }: Prepared): string | null {
  if (body === null || operation.body?.contentType.includes('x-www-form-urlencoded') !== true) return null
  return new URLSearchParams(body).get('code')
}

/** A parameter whose header does not leave has no value at the bank. */
function valuesWithout(leftOut: ReadonlySet<string>, prepared: Prepared): Record<string, string> {
  const gone = prepared.operation.parameters
    .filter(({ in: place, wireName }) => place === 'header' && leftOut.has(wireName.toLowerCase()))
    .map(({ name }) => name)
  return Object.fromEntries(Object.entries(parameterValues(prepared)).filter(([name]) => !gone.includes(name)))
}

/** The facts before anything leaves. @param now milliseconds since 1970. */
export function factsBefore(
  prepared: Prepared,
  now: number,
  around: Surroundings,
  knowledge?: Pick<CallKnowledge, 'memory'>,
): CallFacts {
  const { bank, environment, operation, method, url, headers, body, identity, grant, scope, findings } = prepared
  const leftOut = new Set((prepared.draft.omit ?? []).map((name) => name.toLowerCase()))
  const code = knowledge === undefined ? null : codeOf(prepared)
  return {
    bank,
    environment,
    operation,
    at: now,
    ahead: knowledge?.memory.clock(`${bank.id} ${environment.id}`, url)?.ahead ?? null,
    method,
    url,
    headers: headers.filter(([name]) => !leftOut.has(name.toLowerCase())),
    leftOut,
    body,
    values: valuesWithout(leftOut, prepared),
    identity,
    grant,
    scope,
    schemaFindings: findings,
    codeSince: code === null ? null : (knowledge?.memory.codeSince(code, now) ?? null),
    around,
    outcome: null,
  }
}

/** The facts of a call that was made: those before it, with what came of it. */
export function factsAfter(
  before: CallFacts,
  exchange: Exchange,
  { requestHeaders }: Pick<CallReport, 'requestHeaders'>,
  answer: string,
  around: Surroundings,
): CallFacts {
  const { response, fault, tls, signature, timings, request } = exchange
  const date = headerOf(response?.headers ?? [], 'date') ?? undefined
  return {
    ...before,
    ahead: clockAhead(date, before.at + timings.total - timings.download) ?? before.ahead,
    headers: requestHeaders,
    around,
    outcome: {
      status: response?.status ?? null,
      headers: response?.headers ?? [],
      body: answer,
      fault,
      tls,
      signature,
      waited: response === null ? null : timings.wait,
      shown: { url: request.url, body: request.body },
    },
  }
}
