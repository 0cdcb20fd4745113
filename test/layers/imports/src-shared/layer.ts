// src-shared: no Node, DOM, React, Electron, no other folder, not even as types.
import 'node:fs' // no: src-shared
import type { Stats } from 'node:fs' // no: src-shared
import 'electron' // no: src-shared
import 'react' // no: src-shared
import 'react-dom/client' // no: src-shared
import 'keytar' // no: src-shared
import '#core/workbench.ts' // no: src-shared
import type { Workbench } from '#core/workbench.ts' // no: src-shared
import '#cli/index.ts' // no: src-shared
import '#main/index.ts' // no: src-shared
import '#local/index.ts' // no: src-shared
import '#preload/index.ts' // no: src-shared
import '#renderer/main.ts' // no: src-shared
import '#sandbox/index.ts' // no: src-shared
import '../src-core/workbench.ts' // no: src-shared
import 'zod'
import './fault.ts'
import '#shared/fault.ts'
import '@napi-rs/keyring' // no: src-shared
export type Both = [Stats, Workbench]
