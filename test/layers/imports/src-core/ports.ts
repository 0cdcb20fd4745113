// What a host brings: types only.
import type { Store } from './secrets/store.ts'
import '#shared/fault.ts'
import './secrets/store.ts' // no: ports.ts: of core
import '#core/banks/load.ts' // no: ports.ts: of core
import '#main/index.ts' // no: ports.ts: no host
import 'electron' // no: ports.ts: no host
import '#cli/index.ts' // no: ports.ts: no host
import '#local/index.ts' // no: ports.ts: no host
import '#preload/index.ts' // no: ports.ts: no host
import '#renderer/index.ts' // no: ports.ts: no host
import '#sandbox/index.ts' // no: ports.ts: no host
import 'keytar' // no: ports.ts: no host
import 'react' // no: ports.ts: no host
import 'react-dom/client' // no: ports.ts: no host
import '@napi-rs/keyring' // no: ports.ts: no host
export type Ports = { store: Store }
