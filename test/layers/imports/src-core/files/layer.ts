// A mechanism: only src-shared and npm.
import '../banks/load.ts' // no: src-core mechanisms: no area
import '../signing/index.ts' // no: src-core mechanisms: no area
import '#core/keys/list.ts' // no: src-core mechanisms: no area
import type { Key } from '#core/keys/list.ts' // no: src-core mechanisms: no area
import '../workbench.ts' // no: src-core mechanisms: no area
import type { Ports } from '../ports.ts' // no: src-core mechanisms: no area
import '#cli/index.ts' // no: src-core mechanisms: no host
import '#sandbox/index.ts' // no: src-core mechanisms: no host
import 'electron' // no: src-core mechanisms: no host
import 'react' // no: src-core mechanisms: no host
import 'keytar' // no: src-core mechanisms: no host
import '../../src-shared/fault.ts' // no: src-core mechanisms: no host
import 'node:fs'
import 'undici'
import '#shared/fault.ts'
import './own-file.ts'
export type Both = [Key, Ports]
export const later = () => import('#core/banks/load.ts') // no: src-core mechanisms: no area
