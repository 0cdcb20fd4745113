/** Sends a customer of the local sandbox to the bank's page, and waits with the person who clicks there. */
import { useEffect, useState } from 'react'
import { show } from '../app-state.ts'
import { authorising, startAuthorising } from '../authorising.ts'
import { grants, sandboxCustomers } from '../live-data.ts'
import { openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { SelectField } from '../ui/field.tsx'
import { PageLink } from '../ui/page-link.tsx'
import { countdown, useNow } from '../ui/use-now.ts'
import { useKeyStoreFirst } from './key-store-first.ts'
import type { Standing } from './pipeline.ts'

export function WaitingForCustomer() {
  const { events, subject } = authorising()
  const now = useNow()
  const left = subject && countdown(new Date(subject.until).toISOString(), now)
  const page = events.find((event) => event.type === 'open')
  return (
    <div className="flex flex-col gap-2">
      <p>
        <span role="status">
          {page === undefined
            ? 'The callback is opened …'
            : page.opened
              ? 'The bank’s page is open in the browser. Approve there.'
              : 'Approve on the bank’s page, which opens in a new tab.'}
        </span>{' '}
        {left !== null && <span className="text-muted">{left} left.</span>}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {page !== undefined && (
          <PageLink href={page.url} primary>
            Open the bank’s page
          </PageLink>
        )}
        <Button data-primary onClick={authorising.cancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

export function CustomerStep({ standing, scope, label }: { standing: Standing; scope: string; label: string }) {
  const { bank, environment, identity } = standing
  const customers = sandboxCustomers(bank.id)
  const { value, fault } = customers()
  const { running, fault: refused } = authorising()
  const [name, setName] = useState<string | null>(null)
  // It may have been asked for before the sandbox ran.
  useEffect(() => void customers.refresh(), [customers])
  const chosen = value?.find((each) => each.name === name) ?? value?.[0]
  const start = useKeyStoreFirst(() => {
    if (chosen === undefined || identity === null) return
    const target = { bank: bank.id, environment: environment.id, identity: identity.id }
    void startAuthorising({ ...target, scope, customer: { ...chosen.parameters } }).then(async () => {
      await grants.refresh()
      // The step shows the grant itself; a run that brought none keeps its fault until the next.
      if (authorising.getState().fault === null) authorising.clear()
    })
  })
  if (running) return <WaitingForCustomer />
  if (value === null && fault === null)
    return (
      <Button kind="primary" className="self-start" disabled>
        {label}
      </Button>
    )
  if (chosen === undefined)
    return (
      <>
        <FaultNotice fault={fault} title="The sandbox’s customers are not known" />
        <Button className="self-start" onClick={() => show('access')}>
          Authorise in Access
        </Button>
      </>
    )
  return (
    <>
      <SelectField
        label="Customer of the sandbox"
        value={chosen.name}
        onChange={(event) => setName(event.target.value)}
        hint={chosen.about}
      >
        {value?.map((each) => (
          <option key={each.name}>{each.name}</option>
        ))}
      </SelectField>
      <FaultNotice fault={refused} title="No grant came" />
      <div className="flex flex-wrap items-center gap-2">
        <Button data-primary kind="primary" onClick={start.waiting ? openKeyStoreDialog : start.start}>
          {start.waiting ? 'Open the key store' : label}
        </Button>
        {start.waiting && (
          <Button kind="quiet" onClick={start.stop}>
            Not now
          </Button>
        )}
      </div>
    </>
  )
}
