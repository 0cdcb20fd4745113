// The simulated banks: never the workbench's own code.
import '#core/signing/sign.ts' // no: src-sandbox
import type { Signature } from '#core/signing/sign.ts' // no: src-sandbox
import '#cli/index.ts' // no: src-sandbox
import '#main/index.ts' // no: src-sandbox
import '#local/index.ts' // no: src-sandbox
import '#renderer/main.ts' // no: src-sandbox
import 'electron' // no: src-sandbox
import 'keytar' // no: src-sandbox
import '../src-core/workbench.ts' // no: src-sandbox
import 'node:tls'
import '#shared/sandbox-protocol.ts'
import '#sandbox/clock.ts'
import './clock.ts'
import 'react' // no: src-sandbox
import 'react-dom/client' // no: src-sandbox
import '@napi-rs/keyring' // no: src-sandbox
import '#preload/index.ts' // no: src-sandbox
export type One = Signature
