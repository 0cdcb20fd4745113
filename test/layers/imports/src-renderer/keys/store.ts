// An area of the window: its own store, api, ui.
import '../banks/store.ts' // no: src-renderer areas: of another area
import '#renderer/history/store.ts' // no: src-renderer areas: of another area
import '@orpc/client' // no: src-renderer areas: api
import 'ws' // no: src-renderer areas: api
import 'node:fs' // no: src-renderer areas: no Node
import '#core/workbench.ts' // no: src-renderer areas: no Node
import 'electron' // no: src-renderer areas: no Node
import type { BanksState } from '../banks/store.ts'
import '../api.ts'
import '../ui/layer-free.tsx'
import './pane.tsx'
import 'zustand'
import '#shared/fault.ts'
import '../access/store.ts' // no: src-renderer areas: of another area
import '../requests/store.ts' // no: src-renderer areas: of another area
import '../history/store.ts' // no: src-renderer areas: of another area
import '../workspace/store.ts' // no: src-renderer areas: of another area
import '../journeys/store.ts' // no: src-renderer areas: of another area
import '../sandbox/store.ts' // no: src-renderer areas: of another area
import './../banks/store.ts' // no: src-renderer areas: of another area
import '#cli/index.ts' // no: src-renderer areas: no Node
import '#main/index.ts' // no: src-renderer areas: no Node
import '#local/index.ts' // no: src-renderer areas: no Node
import '#preload/index.ts' // no: src-renderer areas: no Node
import '#sandbox/index.ts' // no: src-renderer areas: no Node
import 'keytar' // no: src-renderer areas: no Node
import '@napi-rs/keyring' // no: src-renderer areas: no Node
import '../../src-shared/fault.ts' // no: src-renderer areas: no Node
export type One = BanksState
