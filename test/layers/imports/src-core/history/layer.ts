// An area: src-shared, mechanisms, and types of other areas.
import '../keys/list.ts' // no: src-core areas: of another area
import '#core/keys/list.ts' // no: src-core areas: of another area
import { type Key, list } from '../keys/list.ts' // no: src-core areas: of another area
import { open } from '../ports.ts' // no: src-core areas: of another area
import '../workbench.ts' // no: src-core areas: workbench.ts
import '#core/workbench.ts' // no: src-core areas: workbench.ts
import '#local/index.ts' // no: src-core areas: no host
import '#sandbox/index.ts' // no: src-core areas: no host
import 'electron' // no: src-core areas: no host
import 'keytar' // no: src-core areas: no host
import 'react' // no: src-core areas: no host
import '../../src-sandbox/index.ts' // no: src-core areas: no host
import type { Other } from '../keys/list.ts'
import { type Another } from '#core/keys/list.ts'
import type { Ports } from '../ports.ts'
import '../http/send.ts'
import '#core/signing/sign.ts'
import '#shared/fault.ts'
import 'node:path'
import './own-file.ts'
export type All = [Key, Other, Another, Ports, typeof list, typeof open]
export { list as again } from '../keys/list.ts' // no: src-core areas: of another area
export const later = () => import('#core/keys/list.ts') // no: src-core areas: of another area
