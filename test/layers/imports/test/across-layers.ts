// Tests may bring layers together, by name.
import '#core/signing/sign.ts'
import '#sandbox/index.ts'
import 'node:fs'
import '../src-core/workbench.ts' // no: tests: another folder
import 'electron' // no: tests: no electron
import 'keytar' // no: tests: no electron
import '../src-core/index.ts' // no: tests: another folder
import '../src-cli/index.ts' // no: tests: another folder
import '../src-main/index.ts' // no: tests: another folder
import '../src-local/index.ts' // no: tests: another folder
import '../src-preload/index.ts' // no: tests: another folder
import '../src-renderer/index.ts' // no: tests: another folder
import '../src-sandbox/index.ts' // no: tests: another folder
import '../src-shared/index.ts' // no: tests: another folder
import '@napi-rs/keyring' // no: tests: no electron
import 'electron/main' // no: tests: no electron
