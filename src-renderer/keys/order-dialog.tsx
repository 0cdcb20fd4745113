/** Orders a test certificate from the local sandbox's QTSP; its key is made here and never leaves the key store. */
import { type SyntheticEvent, useState } from 'react'
import type { IdentityView, OrderInput, Role } from '#shared/contract/keys.ts'
import { api } from '../api.ts'
import { identities } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { fieldProblem, otherThanFields } from '../ui/field-problem.ts'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { KeyStoreNotice } from './key-store-notice.tsx'
import { OrderAdvanced } from './order-advanced.tsx'
import { keyKindWords } from './order-words.ts'
import { RoleChoice } from './role-choice.tsx'
import { SandboxNotice } from './sandbox-notice.tsx'

const fields = ['name', 'organization', 'organizationIdentifier', 'country', 'roles', 'days'] as const

function readOrder(form: HTMLFormElement): OrderInput {
  const data = new FormData(form)
  const text = (name: string) => {
    const value = data.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const optional = (name: string) => (text(name) === '' ? {} : { [name]: text(name) })
  return {
    name: text('name'),
    ...optional('organizationIdentifier'),
    ...optional('organization'),
    ...optional('country'),
    roles: data.getAll('roles') as Role[],
    kind: text('kind') as NonNullable<OrderInput['kind']>,
    key: text('key') as NonNullable<OrderInput['key']>,
    ...(text('days') === '' ? {} : { days: Number(text('days')) }),
    issuer: text('issuer') as NonNullable<OrderInput['issuer']>,
    profile: text('profile') as NonNullable<OrderInput['profile']>,
    upload: data.has('upload'),
  }
}

export function OrderDialog({
  onClose,
  onDone,
}: {
  readonly onClose: () => void
  readonly onDone: (identity: IdentityView) => void
}) {
  const first = useFirstFocus<HTMLFormElement>()
  const [named, setNamed] = useState(false)
  const order = useAction(async (input: OrderInput) => {
    const identity = await api.keys.order(input)
    await identities.refresh()
    onDone(identity)
  })
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    void order.run(readOrder(event.currentTarget))
  }
  const problem = (field: string) => fieldProblem(order.fault, field)
  return (
    <Dialog title="Order a test certificate" onClose={onClose}>
      <p className="text-muted">
        The local sandbox has its own QTSP. Its certificates are good for the banks of the local sandbox only.
      </p>
      <KeyStoreNotice />
      <SandboxNotice />
      <form ref={first} className="flex flex-col gap-3" onSubmit={submit}>
        <TextField
          label="Name"
          name="name"
          maxLength={80}
          data-first-focus
          placeholder="acme"
          onChange={(event) => setNamed(event.target.value.trim() !== '')}
          problem={problem('name')}
        />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Organisation (the name, if empty)"
            name="organization"
            maxLength={64}
            problem={problem('organization')}
          />
          <TextField
            label="organizationIdentifier (optional)"
            name="organizationIdentifier"
            placeholder="PSDSE-FINA-5560123456"
            className="font-mono"
            hint="PSD, country, authority, number"
            problem={problem('organizationIdentifier')}
          />
          <SelectField label="Kind" name="kind" defaultValue="QWAC">
            <option value="QWAC">QWAC (TLS)</option>
            <option value="QSEAL">QSEAL (signatures)</option>
          </SelectField>
          <SelectField label="Key" name="key" defaultValue="rsa-2048">
            {keyKindWords.map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </SelectField>
        </div>
        <RoleChoice problem={problem('roles')} />
        <OrderAdvanced countryProblem={problem('country')} daysProblem={problem('days')} />
        <FaultNotice fault={otherThanFields(order.fault, fields)} title="Nothing was ordered" />
        <div className="flex gap-2">
          <Button kind="primary" type="submit" busy={order.busy} disabled={!named}>
            {order.busy ? 'Ordering …' : 'Order'}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
