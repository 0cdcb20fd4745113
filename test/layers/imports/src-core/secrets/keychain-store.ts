// The one file that may import keytar.
import 'keytar'
import './index-of-ids.ts'
import '#shared/fault.ts'
import '../keys/list.ts' // no: keychain-store.ts: no area
import '../files/write-atomically.ts' // no: keychain-store.ts: no area
import '#core/banks/load.ts' // no: keychain-store.ts: no area
import '#main/index.ts' // no: keychain-store.ts: no host
import 'electron' // no: keychain-store.ts: no host
import '../banks/index.ts' // no: keychain-store.ts: no area
import '../keys/index.ts' // no: keychain-store.ts: no area
import '../access/index.ts' // no: keychain-store.ts: no area
import '../requests/index.ts' // no: keychain-store.ts: no area
import '../history/index.ts' // no: keychain-store.ts: no area
import '../workspace/index.ts' // no: keychain-store.ts: no area
import '../journeys/index.ts' // no: keychain-store.ts: no area
import '../sandbox/index.ts' // no: keychain-store.ts: no area
import '../signing/index.ts' // no: keychain-store.ts: no area
import '../http/index.ts' // no: keychain-store.ts: no area
import '../files/index.ts' // no: keychain-store.ts: no area
import '../workbench.ts' // no: keychain-store.ts: no area
import '../ports.ts' // no: keychain-store.ts: no area
import './../files/index.ts' // no: keychain-store.ts: no area
import '#cli/index.ts' // no: keychain-store.ts: no host
import '#local/index.ts' // no: keychain-store.ts: no host
import '#preload/index.ts' // no: keychain-store.ts: no host
import '#renderer/index.ts' // no: keychain-store.ts: no host
import '#sandbox/index.ts' // no: keychain-store.ts: no host
import 'react' // no: keychain-store.ts: no host
import 'react-dom/client' // no: keychain-store.ts: no host
import '../../src-shared/fault.ts' // no: keychain-store.ts: no host
