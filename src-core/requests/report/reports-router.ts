/** Answers the contract's calls about reports and signatures a person puts in. */
import { implement } from '@orpc/server'
import { reports } from '#shared/contract/reports.ts'
import { signatureDebugger } from '#shared/contract/signature-debug.ts'
import { explainReport } from '../explain/explain-report.ts'
import { type ExplainSignatureParts, explainSignature } from './explain-signature.ts'
import { openReport } from './open-report.ts'
import { runRead } from './run-read.ts'

/** What both draw on but for the reader and the explainer, which are here. */
export type ReportsParts = Omit<ExplainSignatureParts, 'read' | 'explain'>

export function reportsRouter(parts: ReportsParts) {
  const os = implement({ ...reports, ...signatureDebugger })
  const reading = { ...parts, read: runRead, explain: explainReport }
  return os.router({
    openReport: os.openReport.handler(({ input, signal }) => openReport(input, reading, signal)),
    explainSignature: os.explainSignature.handler(({ input, signal }) => explainSignature(input, reading, signal)),
  })
}
