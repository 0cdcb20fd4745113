// A file in no layer: what holds everywhere.
import '../src-core/workbench.ts' // no: everywhere: another folder
import './setup/../../src-cli/index.ts' // no: everywhere: another folder
import 'electron' // no: everywhere: electron
import 'electron/main' // no: everywhere: electron
import 'keytar' // no: everywhere: electron
import '@napi-rs/keyring' // no: everywhere: electron
import 'electron-vite'
import './setup/node-24.mjs'
import '#core/banks/load.ts'
import '../src-core/index.ts' // no: everywhere: another folder
import '../src-cli/index.ts' // no: everywhere: another folder
import '../src-main/index.ts' // no: everywhere: another folder
import '../src-local/index.ts' // no: everywhere: another folder
import '../src-preload/index.ts' // no: everywhere: another folder
import '../src-renderer/index.ts' // no: everywhere: another folder
import '../src-sandbox/index.ts' // no: everywhere: another folder
import '../src-shared/index.ts' // no: everywhere: another folder
