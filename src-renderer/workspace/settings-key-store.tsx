/** Where private keys and tokens are kept, and the way to change it. */
import { keyStore } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Section } from '../ui/section.tsx'
import { IdleLock } from './idle-lock.tsx'

const vaultWords = { 'not-chosen': null, new: 'needs a passphrase', locked: 'locked', open: 'open' } as const

export function SettingsKeyStore() {
  const { value, fault } = keyStore()
  const ready = value !== null && isKeyStoreReady(value)
  return (
    <Section
      title="Key store"
      trailing={
        <Button
          kind={value === null || ready ? 'plain' : 'primary'}
          disabled={value === null}
          onClick={openKeyStoreDialog}
        >
          {ready ? 'Change or lock …' : 'Open …'}
        </Button>
      }
    >
      <FaultNotice fault={fault} title="The key store cannot be asked" />
      {value === null && fault === null && <p className="text-muted">Asking the key store …</p>}
      {value !== null && (
        <>
          <p className="flex items-center gap-2">
            <span>{value.name}</span>
            <Badge tone={ready ? 'good' : 'caution'}>{vaultWords[value.vault] ?? value.state}</Badge>
          </p>
          <p className="max-w-prose text-muted">
            {value.message} {value.remedy}
          </p>
          <IdleLock />
        </>
      )}
    </Section>
  )
}
