/** The one contract between the engine and everyone who uses it: window, terminal and tests. */
import { access } from './access.ts'
import { bankImport } from './bank-import.ts'
import { banks } from './banks.ts'
import { history } from './history.ts'
import { keys } from './keys.ts'
import { reports } from './reports.ts'
import { requests } from './requests.ts'
import { sandbox } from './sandbox.ts'
import { signatureDebugger } from './signature-debug.ts'
import { workspace } from './workspace.ts'

export const contract = {
  banks: { ...banks, ...bankImport },
  keys,
  access,
  requests: { ...requests, ...reports, ...signatureDebugger },
  history,
  sandbox,
  workspace,
}
export type Contract = typeof contract
