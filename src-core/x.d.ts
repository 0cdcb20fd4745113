import { Fault } from '#shared/fault.ts'
export declare const f: Fault
