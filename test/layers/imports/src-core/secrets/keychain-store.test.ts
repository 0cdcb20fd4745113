// The one test that may import keytar.
import 'keytar'
import '#core/keys/list.ts'
import './keychain-store.ts'
import 'electron' // no: keychain-store.test.ts
import '../../src-sandbox/index.ts' // no: keychain-store.test.ts
