/** Asks for the key store before work that needs it. */
import { keyStore } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'

/** False: its dialog was opened instead, and the work is to be started again. */
export function keyStoreOpen(): boolean {
  const store = keyStore.getState().value
  if (store === null || isKeyStoreReady(store)) return true
  openKeyStoreDialog()
  return false
}
