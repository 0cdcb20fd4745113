/** A reported call in the shape the panes of an exchange show; what nobody here measured is left empty. */

import type { Exchange } from '#shared/contract/exchange.ts'
import type { OpenedReport } from '#shared/contract/reports.ts'

const notMeasured = { dns: 0, tcp: 0, tls: 0, wait: 0, download: 0, total: 0 }

/** null where bank and operation are not known, so that nothing can be explained. */
export function reportedExchange({
  bank,
  environment,
  operation,
  request,
  response,
  explanations,
  entries,
  entry,
}: OpenedReport): Exchange | null {
  if (bank === null || operation === null || response === null) return null
  return {
    id: 'report',
    at: entries[entry]?.at ?? '1970-01-01T00:00:00.000Z',
    bank,
    environment: environment ?? '',
    operation,
    identity: null,
    grant: null,
    delivery: null,
    request,
    response,
    fault: null,
    signature: null,
    tls: null,
    timings: notMeasured,
    findings: [],
    explanations,
  }
}
