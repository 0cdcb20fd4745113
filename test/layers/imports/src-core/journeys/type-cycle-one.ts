// Types may know each other.
import type { Two } from './type-cycle-two.ts'
export type One = { two?: Two }
