/** Choosing and opening the key store: the keychain, or a vault under a passphrase where there is none. */
import { useState } from 'react'
import { create } from 'zustand'
import type { KeyStore } from '#shared/contract/workspace.ts'
import { api } from '../api.ts'
import { keyStore } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useAction } from '../ui/use-action.ts'

const useDialog = create<{ open: boolean }>(() => ({ open: false }))
export const openKeyStoreDialog = (): void => useDialog.setState({ open: true })
const close = (): void => useDialog.setState({ open: false })

/** Whether a key could be stored or used right now. */
export const isKeyStoreReady = (store: KeyStore): boolean =>
  store.state === 'ready' && store.vault !== 'locked' && store.vault !== 'new'

function Passphrase({ store }: { readonly store: KeyStore }) {
  const [passphrase, setPassphrase] = useState('')
  const isNew = store.vault === 'new'
  const unlock = useAction(async () => {
    const typed = passphrase
    // Sent once, kept nowhere: the field is empty before the answer comes.
    setPassphrase('')
    await api.workspace.unlockVault({ passphrase: typed })
    await keyStore.refresh()
    close()
  })
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void unlock.run()
      }}
    >
      <TextField
        label={isNew ? 'Choose a passphrase for the vault (12 characters or more)' : 'Passphrase of the vault'}
        type="password"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
        autoFocus
        hint={isNew ? 'There is no way to get it back. Without it the keys in the vault are lost.' : undefined}
      />
      <FaultNotice fault={unlock.fault} title="The vault stays closed" />
      <div className="flex gap-2">
        <Button kind="primary" type="submit" busy={unlock.busy} disabled={passphrase === ''}>
          {isNew ? 'Make the vault' : 'Open the vault'}
        </Button>
        <Button onClick={close}>Later</Button>
      </div>
    </form>
  )
}

function Choice({ store }: { readonly store: KeyStore }) {
  const chooseStore = useAction(async (choice: 'keychain' | 'vault') => {
    await api.workspace.chooseKeyStore({ choice })
    await keyStore.refresh()
  })
  const lock = useAction(async () => {
    await api.workspace.lock()
    await keyStore.refresh()
  })
  const vault = store.choice === 'vault'
  return (
    <>
      <Notice tone={store.state === 'ready' ? 'good' : 'caution'} title={store.name}>
        {store.message} {store.remedy}
      </Notice>
      <FaultNotice fault={chooseStore.fault ?? lock.fault} />
      <div className="flex flex-wrap gap-2">
        {vault ? (
          <Button busy={chooseStore.busy} onClick={() => void chooseStore.run('keychain')}>
            Use the keychain instead
          </Button>
        ) : (
          <Button
            kind={store.state === 'ready' ? 'plain' : 'primary'}
            busy={chooseStore.busy}
            onClick={() => void chooseStore.run('vault')}
          >
            Use a vault with a passphrase
          </Button>
        )}
        {isKeyStoreReady(store) && (
          <Button busy={lock.busy} onClick={() => void lock.run()}>
            Lock now
          </Button>
        )}
        <Button kind="quiet" onClick={() => void keyStore.refresh()}>
          Look again
        </Button>
        <Button kind="quiet" onClick={close}>
          Close
        </Button>
      </div>
    </>
  )
}

export function KeyStoreDialog() {
  const { open } = useDialog()
  const { value: store } = keyStore()
  if (!open || store === null) return null
  return (
    <Dialog title="Where private keys and tokens are kept" onClose={close}>
      {store.vault === 'new' || store.vault === 'locked' ? <Passphrase store={store} /> : <Choice store={store} />}
    </Dialog>
  )
}
