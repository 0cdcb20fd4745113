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
import '../keys/index.ts' // no: src-core areas: of another area
import '../access/index.ts' // no: src-core areas: of another area
import '../requests/index.ts' // no: src-core areas: of another area
import '../history/index.ts' // no: src-core areas: of another area
import '../workspace/index.ts' // no: src-core areas: of another area
import '../journeys/index.ts' // no: src-core areas: of another area
import '../sandbox/index.ts' // no: src-core areas: of another area
import './../history/index.ts' // no: src-core areas: of another area
import './../workbench.ts' // no: src-core areas: workbench.ts
import '#cli/index.ts' // no: src-core areas: no host
import '#main/index.ts' // no: src-core areas: no host
import '#preload/index.ts' // no: src-core areas: no host
import '#renderer/index.ts' // no: src-core areas: no host
import 'react-dom/client' // no: src-core areas: no host
import '@napi-rs/keyring' // no: src-core areas: no host
import '../../src-shared/fault.ts' // no: src-core areas: no host
export type All = [Key, Other, Another, Ports, typeof list, typeof open]
export { list as again } from '../keys/list.ts' // no: src-core areas: of another area
export const later = () => import('#core/keys/list.ts') // no: src-core areas: of another area
