// The window: api, ui, src-shared, areas.
import 'node:fs' // no: src-renderer
import 'electron' // no: src-renderer
import 'keytar' // no: src-renderer
import '#core/workbench.ts' // no: src-renderer
import type { Workbench } from '#core/workbench.ts' // no: src-renderer
import '#main/index.ts' // no: src-renderer
import '#local/index.ts' // no: src-renderer
import '#cli/index.ts' // no: src-renderer
import '#preload/index.ts' // no: src-renderer
import '#sandbox/index.ts' // no: src-renderer
import '../src-shared/fault.ts' // no: src-renderer
import 'react'
import './api.ts'
import './keys/store.ts'
import '#shared/fault.ts'
import '@napi-rs/keyring' // no: src-renderer
export type One = Workbench
