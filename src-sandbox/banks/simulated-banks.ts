/** The banks this program can simulate, by the name of their folder. */
import type { BankSurroundings, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import { icaBanken } from './ica-banken/ica-banken.ts'
import { saltEdge } from './salt-edge/salt-edge.ts'
import { sparebank1 } from './sparebank1/sparebank1.ts'

export const simulatedBanks: Readonly<Record<string, (surroundings: BankSurroundings) => SimulatedBank>> = {
  'ica-banken': icaBanken,
  'salt-edge': saltEdge,
  sparebank1,
}
