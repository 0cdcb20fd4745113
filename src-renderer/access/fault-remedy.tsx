/** The button that goes to where a fault of access can be put right. */
import type { Fault, FaultCode } from '#shared/fault.ts'
import { show, type ViewId } from '../app-state.ts'
import { openExchange } from '../open.ts'
import { FillInEnvironment } from '../shell/fill-in-environment.tsx'
import { openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'

const places: Partial<Record<FaultCode, { readonly label: string; readonly view: ViewId }>> = {
  REGISTRATION_MISSING: { label: 'Open Registration', view: 'registration' },
  ACCESS_PORT_TAKEN: { label: 'Register another callback', view: 'registration' },
  ACCESS_CALLBACK: { label: 'Open Registration', view: 'registration' },
  IDENTITY_MISSING: { label: 'Open Keys', view: 'keys' },
  KEY_UNSUITABLE: { label: 'Open Keys', view: 'keys' },
  IDENTITY_UNKNOWN: { label: 'Open Keys', view: 'keys' },
  SANDBOX_DOWN: { label: 'Open Local sandbox', view: 'sandbox' },
  SANDBOX_FAILED: { label: 'Open Local sandbox', view: 'sandbox' },
  ACCESS_TOKEN_REFUSED: { label: 'Open History', view: 'history' },
}

export function FaultRemedy({ fault }: { readonly fault: Fault | null }) {
  if (fault === null) return null
  if (/^(VAULT|KEYCHAIN|SECRET)_/.test(fault.code))
    return <Button onClick={openKeyStoreDialog}>Open the key store</Button>
  if (fault.code === 'ENVIRONMENT_INCOMPLETE') return <FillInEnvironment fault={fault} />
  const { exchange } = fault.details
  if (fault.code.startsWith('ACCESS_TOKEN_') && typeof exchange === 'string')
    return <Button onClick={() => openExchange(exchange)}>Open the answer</Button>
  const place = places[fault.code]
  return place === undefined ? null : <Button onClick={() => show(place.view)}>{place.label}</Button>
}
