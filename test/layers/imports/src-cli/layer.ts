// A host: workbench.ts, ports.ts, src-shared and its own files.
import '#core/banks/load.ts' // no: src-cli: of core
import type { Bank } from '#core/banks/load.ts' // no: src-cli: of core
import '../src-core/workbench.ts' // no: src-cli: no other host
import '#main/index.ts' // no: src-cli: no other host
import '#local/index.ts' // no: src-cli: no other host
import '#preload/index.ts' // no: src-cli: no other host
import '#renderer/index.ts' // no: src-cli: no other host
import '#sandbox/index.ts' // no: src-cli: no other host
import 'electron' // no: src-cli: no other host
import 'react' // no: src-cli: no other host
import 'keytar' // no: src-cli: no other host
import '#core/workbench.ts'
import type { Ports } from '#core/ports.ts'
import '#shared/fault.ts'
import '#cli/print.ts'
import './print.ts'
import 'node:fs'
import 'react-dom/client' // no: src-cli: no other host
import '@napi-rs/keyring' // no: src-cli: no other host
export type Both = [Bank, Ports]
