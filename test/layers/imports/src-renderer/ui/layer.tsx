// The building blocks of the window: no banking.
import '../api.ts' // no: src-renderer/ui: no banking
import '../keys/store.ts' // no: src-renderer/ui: no banking
import '#renderer/keys/store.ts' // no: src-renderer/ui: no banking
import '#shared/contract/keys.ts' // no: src-renderer/ui: no banking
import '@orpc/client' // no: src-renderer/ui: no banking
import 'node:fs' // no: src-renderer/ui: no Node
import '#core/workbench.ts' // no: src-renderer/ui: no Node
import 'react'
import './focus.ts'
import '#shared/near.ts'
import '../banks/store.ts' // no: src-renderer/ui: no banking
import '../access/store.ts' // no: src-renderer/ui: no banking
import '../requests/store.ts' // no: src-renderer/ui: no banking
import '../history/store.ts' // no: src-renderer/ui: no banking
import '../workspace/store.ts' // no: src-renderer/ui: no banking
import '../journeys/store.ts' // no: src-renderer/ui: no banking
import '../sandbox/store.ts' // no: src-renderer/ui: no banking
import '../app.tsx' // no: src-renderer/ui: no banking
import '../main.tsx' // no: src-renderer/ui: no banking
import '../../keys/store.ts' // no: src-renderer/ui: no banking
import '#cli/index.ts' // no: src-renderer/ui: no Node
import '#main/index.ts' // no: src-renderer/ui: no Node
import '#local/index.ts' // no: src-renderer/ui: no Node
import '#preload/index.ts' // no: src-renderer/ui: no Node
import '#sandbox/index.ts' // no: src-renderer/ui: no Node
import 'electron' // no: src-renderer/ui: no Node
import 'keytar' // no: src-renderer/ui: no Node
import '@napi-rs/keyring' // no: src-renderer/ui: no Node
import '../../src-shared/fault.ts' // no: src-renderer/ui: no Node
