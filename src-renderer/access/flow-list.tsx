/** Authorisations that began and did not end: those somebody waits for, and those to be resumed or cleaned up. */
import { useState } from 'react'
import type { Flow, Remembered } from '#shared/contract/followed.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { useApp } from '../app-state.ts'
import { authorising, resumeAuthorising } from '../authorising.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { shortMoment } from '../ui/local-time.ts'
import { notify } from '../ui/notifications.tsx'
import { Section } from '../ui/section.tsx'
import { useAction } from '../ui/use-action.ts'
import { useNow } from '../ui/use-now.ts'
import { consents, flows, refreshAccess } from './access-data.ts'
import { chooseConsent } from './access-view.ts'
import { FaultRemedy } from './fault-remedy.tsx'
import { keyStoreOpen } from './key-store-open.ts'
import { ReturnAddressForm } from './return-address-form.tsx'

const ends = {
  code: 'ends with a grant',
  page: 'ends with the customer’s return',
  challenge: 'the call is repeated after it',
} as const

function about(flow: Flow, consent: Remembered | undefined): string {
  if (consent !== undefined) return `${consent.kind} ${consent.resource}`
  return flow.scope === null ? (flow.operation ?? 'an authorisation') : `scope ${flow.scope}`
}

function FlowActions({ flow, name, onFault }: { flow: Flow; name: string; onFault: (fault: Fault | null) => void }) {
  const { running } = authorising()
  const [pasting, setPasting] = useState(false)
  const clean = useAction(async () => {
    onFault(null)
    try {
      const { consent } = await api.access.abandon({ flow: flow.id })
      notify('neutral', 'Cleaned up', consent === null ? undefined : 'The consent or payment stays at the bank.')
    } catch (fault) {
      onFault(fault as Fault)
    }
    await refreshAccess()
  })
  const resume = (callbackUrl?: string) => {
    if (!keyStoreOpen()) return
    onFault(null)
    void resumeAuthorising(flow, callbackUrl).then(refreshAccess)
  }
  // What one address is good for: a code that was on its way to the bank is spent.
  const takesAddress = flow.here || flow.step === 'browser'
  return (
    <>
      <div className="flex flex-wrap gap-1">
        {flow.state === 'abandoned' && (
          <Button disabled={running} aria-label={`Resume ${name}`} onClick={() => resume()}>
            Resume
          </Button>
        )}
        {takesAddress && (flow.here || flow.state === 'abandoned') && (
          <Button
            kind="quiet"
            aria-expanded={pasting}
            aria-label={`The customer is back: paste for ${name}`}
            onClick={() => setPasting(!pasting)}
          >
            The customer is back …
          </Button>
        )}
        {(flow.here || flow.state === 'abandoned') && (
          <Button
            kind="quiet"
            className="text-bad!"
            busy={clean.busy}
            aria-label={`Clean up ${name}`}
            onClick={() => void clean.run()}
          >
            Clean up
          </Button>
        )}
      </div>
      {pasting && (
        <div className="basis-full">
          <ReturnAddressForm
            uri={flow.callbackUri}
            send={async (url) => (flow.here ? await api.access.paste({ flow: flow.id, url }) : resume(url))}
          />
        </div>
      )}
    </>
  )
}

function FlowRow({ flow, onFault }: { readonly flow: Flow; readonly onFault: (fault: Fault | null) => void }) {
  const now = useNow()
  const consent = consents().value?.find(({ id }) => id === flow.consent)
  const name = about(flow, consent)
  const waits = flow.here ? 'waiting here' : 'another program waits'
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 last:border-0">
      <Badge tone={flow.state === 'waiting' ? 'accent' : 'caution'}>
        {flow.state === 'waiting' ? waits : 'abandoned'}
      </Badge>
      <div className="min-w-40 flex-1">
        <p className="wrap-anywhere">
          {consent === undefined ? (
            name
          ) : (
            <button type="button" className="text-left text-accent underline" onClick={() => chooseConsent(consent.id)}>
              {name}
            </button>
          )}
        </p>
        <p className="text-sm text-muted">
          since {shortMoment(flow.startedAt, now)} · {flow.identityName}
          {flow.customer !== null && ` · ${flow.customer}`} ·{' '}
          {flow.step === 'exchanging' ? 'a code came back and was on its way to the bank' : ends[flow.kind]}
        </p>
      </div>
      <FlowActions flow={flow} name={name} onFault={onFault} />
    </li>
  )
}

/** Nothing is shown while there are none: it is not what somebody comes for. */
export function FlowList() {
  const { bank, environment } = useApp()
  const { value, fault } = flows()
  const { events, running } = authorising()
  const [failed, setFailed] = useState<Fault | null>(null)
  // The one that is shown as steps is not shown twice.
  const shown = running ? events.find((event) => event.type === 'open')?.flow : undefined
  const here = (value ?? []).filter(
    (flow) => flow.bank === bank && flow.environment === environment && flow.id !== shown,
  )
  if (value === null) return <FaultNotice fault={fault} title="Authorisations under way cannot be read" />
  if (here.length === 0 && failed === null) return null
  return (
    <Section title={`Not finished (${here.length})`} flush>
      {failed !== null && (
        <div className="p-3">
          <FaultNotice fault={failed} title="It stays as it was" action={<FaultRemedy fault={failed} />} />
        </div>
      )}
      <ul aria-label="Authorisations not finished">
        {here.map((flow) => (
          <FlowRow key={flow.id} flow={flow} onFault={setFailed} />
        ))}
      </ul>
    </Section>
  )
}
