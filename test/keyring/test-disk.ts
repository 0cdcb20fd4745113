/** The disk the secrets mechanism gets in tests: the real one of the files mechanism. */

import { withProcessLock } from '#core/files/process-lock.ts'
import { removeDurably, writeAtomically } from '#core/files/write-atomically.ts'
import type { SecretDisk } from '#core/secrets/secret-store.ts'

export const testDisk: SecretDisk = {
  write: writeAtomically,
  remove: removeDurably,
  exclusive: (lockFile, options, work) => withProcessLock(lockFile, 'the key store', options, work),
}
