// A host: workbench.ts, ports.ts, src-shared and its own files.
import '#core/banks/load.ts' // no: src-main: of core
import type { Bank } from '#core/banks/load.ts' // no: src-main: of core
import '../src-core/workbench.ts' // no: src-main: no other host
import '#local/index.ts' // no: src-main: no other host
import '#cli/index.ts' // no: src-main: no other host
import '#preload/index.ts' // no: src-main: no other host
import '#renderer/index.ts' // no: src-main: no other host
import '#sandbox/index.ts' // no: src-main: no other host
import 'electron'
import 'react' // no: src-main: no other host
import 'keytar' // no: src-main: no other host
import '#core/workbench.ts'
import type { Ports } from '#core/ports.ts'
import '#shared/fault.ts'
import '#main/print.ts'
import './print.ts'
import 'node:fs'
import 'react-dom/client' // no: src-main: no other host
import '@napi-rs/keyring' // no: src-main: no other host
export type Both = [Bank, Ports]
