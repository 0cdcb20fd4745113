/** The banks this program can simulate, by the name of their folder; a new one comes last, so that with --port the others keep theirs. */
import type { BankSurroundings, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import { bankOfGeorgia } from './bank-of-georgia/bank-of-georgia.ts'
import { icaBanken } from './ica-banken/ica-banken.ts'
import { payexLedger } from './payex-ledger/payex-ledger.ts'
import { saltEdge } from './salt-edge/salt-edge.ts'
import { sparebank1 } from './sparebank1/sparebank1.ts'

export const simulatedBanks: Readonly<Record<string, (surroundings: BankSurroundings) => SimulatedBank>> = {
  'ica-banken': icaBanken,
  'payex-ledger': payexLedger,
  'salt-edge': saltEdge,
  sparebank1,
  'bank-of-georgia': bankOfGeorgia,
}
