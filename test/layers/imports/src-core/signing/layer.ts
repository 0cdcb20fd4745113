// A mechanism: only src-shared and npm.
import '../banks/load.ts' // no: src-core mechanisms: no area
import '../http/index.ts' // no: src-core mechanisms: no area
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
import '../banks/index.ts' // no: src-core mechanisms: no area
import '../keys/index.ts' // no: src-core mechanisms: no area
import '../access/index.ts' // no: src-core mechanisms: no area
import '../requests/index.ts' // no: src-core mechanisms: no area
import '../history/index.ts' // no: src-core mechanisms: no area
import '../workspace/index.ts' // no: src-core mechanisms: no area
import '../journeys/index.ts' // no: src-core mechanisms: no area
import '../sandbox/index.ts' // no: src-core mechanisms: no area
import '../files/index.ts' // no: src-core mechanisms: no area
import '../secrets/index.ts' // no: src-core mechanisms: no area
import './../http/index.ts' // no: src-core mechanisms: no area
import '#main/index.ts' // no: src-core mechanisms: no host
import '#local/index.ts' // no: src-core mechanisms: no host
import '#preload/index.ts' // no: src-core mechanisms: no host
import '#renderer/index.ts' // no: src-core mechanisms: no host
import 'react-dom/client' // no: src-core mechanisms: no host
import '@napi-rs/keyring' // no: src-core mechanisms: no host
export type Both = [Key, Ports]
export const later = () => import('#core/banks/load.ts') // no: src-core mechanisms: no area
