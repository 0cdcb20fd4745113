// Half of a cycle of code.
import { two } from './cycle-two.ts' // no: cycle
export const one = (): number => two()
