// The other half.
import { one } from './cycle-one.ts' // no: cycle
export const two = (): number => one()
