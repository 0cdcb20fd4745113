// The other half.
import type { One } from './type-cycle-one.ts'
export type Two = { one?: One }
