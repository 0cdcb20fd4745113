// The preload: electron and types of src-shared.
import { fault } from '#shared/fault.ts' // no: src-preload: of src-shared
import '#core/workbench.ts' // no: src-preload: electron
import '#main/index.ts' // no: src-preload: electron
import '../src-main/index.ts' // no: src-preload: electron
import 'node:fs' // no: src-preload: electron
import 'zod' // no: src-preload: electron
import 'electron'
import type { Fault } from '#shared/fault.ts'
import type { Contract } from '#shared/contract/contract.ts'
export type Both = [Fault, Contract, typeof fault]
