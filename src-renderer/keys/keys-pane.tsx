/** Keys: the identities on this machine, what each is, and the ways to get and to lose one. */
import { useState } from 'react'
import type { IdentityView } from '#shared/contract/keys.ts'
import { api } from '../api.ts'
import { useApp } from '../app-state.ts'
import { identities } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { ListAndDetail } from '../ui/list-and-detail.tsx'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { IdentityDetail } from './identity-detail.tsx'
import { IdentityList } from './identity-list.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { KeyStoreNotice } from './key-store-notice.tsx'
import { OrderDialog } from './order-dialog.tsx'

type Open = 'order' | 'import' | 'delete' | null

function Identities({
  all,
  selected,
  onChoose,
  onDelete,
}: {
  readonly all: readonly IdentityView[]
  readonly selected: IdentityView
  readonly onChoose: (id: string) => void
  readonly onDelete: () => void
}) {
  const detail = useLoaded(selected.id, (identity) => api.keys.inspect({ identity }), all)
  return (
    <ListAndDetail
      label="Identity"
      list={<IdentityList identities={all} selected={selected.id} onChoose={onChoose} />}
      detail={
        <IdentityDetail
          identity={selected}
          more={detail.value?.id === selected.id ? detail.value : null}
          fault={detail.fault}
          onDelete={onDelete}
        />
      }
    />
  )
}

export function KeysPane() {
  const { value: all, fault } = identities()
  const { identity: used } = useApp()
  const [chosen, setChosen] = useState<string | null>(null)
  const [open, setOpen] = useState<Open>(null)
  const selected = [chosen, used].map((id) => all?.find((each) => each.id === id)).find(Boolean) ?? all?.[0] ?? null
  const close = () => setOpen(null)
  const done = (identity: IdentityView) => {
    close()
    setChosen(identity.id)
    const again = identity.warnings.find(({ id }) => id === 'already-imported')
    notify(again === undefined ? 'good' : 'caution', `${identity.name} is in the key store`, again?.message)
  }
  const ways = (
    <>
      <Button kind={all?.length === 0 ? 'primary' : 'plain'} onClick={() => setOpen('order')}>
        Order a test certificate
      </Button>
      <Button onClick={() => setOpen('import')}>Import …</Button>
    </>
  )
  return (
    <>
      <PaneHead title="Keys" actions={all !== null && all.length > 0 && ways} />
      <div className="empty:hidden p-3 has-[>:first-child]:border-b has-[>:first-child]:border-line">
        <KeyStoreNotice />
      </div>
      {fault !== null && (
        <div className="p-3">
          <FaultNotice
            fault={fault}
            title="The identities cannot be read"
            action={<Button onClick={() => void identities.refresh()}>Try again</Button>}
          />
        </div>
      )}
      {all === null && fault === null && <Loading what="Identities" />}
      {all?.length === 0 && (
        <EmptyState title="No identity yet" action={<div className="flex gap-2">{ways}</div>}>
          An identity is a QWAC or QSEAL certificate whose private key stays in the key store of this machine. Order a
          test certificate from the local sandbox, or import one your QTSP issued.
        </EmptyState>
      )}
      {all !== null && selected !== null && (
        <Identities all={all} selected={selected} onChoose={setChosen} onDelete={() => setOpen('delete')} />
      )}
      {open === 'order' && <OrderDialog onClose={close} onDone={done} />}
      {open === 'import' && <ImportDialog onClose={close} onDone={done} />}
      {open === 'delete' && selected !== null && <DeleteDialog identity={selected} onClose={close} />}
    </>
  )
}
