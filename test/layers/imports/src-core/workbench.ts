// The place that knows every area: still no host.
import './banks/load.ts'
import './http/send.ts'
import '#core/keys/list.ts'
import '#shared/fault.ts'
import '#cli/index.ts' // no: workbench.ts
import '#sandbox/index.ts' // no: workbench.ts
import 'electron' // no: workbench.ts
import 'keytar' // no: workbench.ts
import '../src-main/index.ts' // no: workbench.ts
import '#main/index.ts' // no: workbench.ts
import '#local/index.ts' // no: workbench.ts
import '#preload/index.ts' // no: workbench.ts
import '#renderer/index.ts' // no: workbench.ts
import 'react' // no: workbench.ts
import 'react-dom/client' // no: workbench.ts
import '@napi-rs/keyring' // no: workbench.ts
import '../src-shared/fault.ts' // no: workbench.ts
