/** A disk that dies before its n-th change: what it leaves is what a process killed at that moment leaves. */

import type { SecretDisk } from '#core/secrets/secret-store.ts'
import { testDisk } from './test-disk.ts'

export class Crash extends Error {}

export function crashingDisk(changesBefore: number): SecretDisk & { readonly crashed: () => boolean } {
  let left = changesBefore
  let crashed = false
  const change = (): void => {
    if (left-- > 0) return
    crashed = true
    throw new Crash()
  }
  return {
    exclusive: testDisk.exclusive,
    crashed: () => crashed,
    async write(file, data) {
      change()
      await testDisk.write(file, data)
    },
    async remove(file) {
      change()
      return testDisk.remove(file)
    },
  }
}
