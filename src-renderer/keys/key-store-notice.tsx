/** Says that the key store is not open, and opens it. */
import { keyStore } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

export function KeyStoreNotice() {
  const { value } = keyStore()
  if (value === null || isKeyStoreReady(value)) return null
  const vault = value.vault === 'new' || value.vault === 'locked'
  const title = vault
    ? value.vault === 'new'
      ? 'The vault needs its first passphrase'
      : 'The vault is locked'
    : 'The key store is not ready'
  return (
    <Notice
      tone="caution"
      title={title}
      action={
        <Button kind="primary" onClick={openKeyStoreDialog}>
          {value.vault === 'new' ? 'Make the vault' : vault ? 'Open the vault' : 'Set up the key store'}
        </Button>
      }
    >
      {vault ? 'Keys can be stored and used once it is open.' : `${value.message} ${value.remedy ?? ''}`}
    </Notice>
  )
}
