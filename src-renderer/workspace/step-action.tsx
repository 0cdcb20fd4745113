/** The one button that does the next step, with what it is doing and why it did not work. */
import { useState } from 'react'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { choose, show } from '../app-state.ts'
import { grants, identities, registrations } from '../live-data.ts'
import { openConsent, openConsentForm, openExchange, openOperation } from '../open.ts'
import { sandboxCustomerAddress } from '../presence.ts'
import { openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { useAction } from '../ui/use-action.ts'
import { makeFirstCall, useFirstCall } from './first-call.ts'
import { freeName } from './free-name.ts'
import { useKeyStoreFirst } from './key-store-first.ts'
import type { Standing, Step, StepAction } from './pipeline.ts'

/** A refusal of the bank is an answer, so it is no fault: the exchange that has it. */
type Refusal = string | null

async function order(standing: Standing): Promise<Refusal> {
  const made = await api.keys.order({ name: freeName('acme', standing.identities) })
  choose({ identity: made.id })
  await identities.refresh()
  return null
}

async function register({ bank, environment, identity }: Standing): Promise<Refusal> {
  const outcome = await api.access.register({
    bank: bank.id,
    environment: environment.id,
    ...(identity && { identity: identity.id }),
  })
  await registrations.refresh()
  return outcome.registration === null ? outcome.exchange.id : null
}

async function refresh(grant: string): Promise<Refusal> {
  await api.access.refresh({ grant })
  await grants.refresh()
  return null
}

async function read(standing: Standing, operation: string, grant: string): Promise<Refusal> {
  const { bank, environment, identity, reading } = standing
  const present = bank.unattended?.presentHeader
  const takesIt = reading?.parameters.some(({ name }) => name === present) === true
  await makeFirstCall({
    bank: bank.id,
    environment: environment.id,
    operation,
    grant,
    ...(identity && { identity: identity.id }),
    parameters: present !== undefined && takesIt ? { [present]: sandboxCustomerAddress } : {},
  })
  return null
}

function perform(action: StepAction, standing: Standing): Promise<Refusal> | null {
  switch (action.kind) {
    case 'order':
      return order(standing)
    case 'register':
      return register(standing)
    case 'refresh':
      return refresh(action.grant)
    case 'read':
      return read(standing, action.operation, action.grant)
    case 'use':
      choose({ identity: action.identity })
      return null
    case 'open':
      openOperation(action.operation, { grant: action.grant })
      return null
    case 'show':
      show(action.view)
      return null
    case 'ask':
      openConsentForm()
      return null
    case 'consent':
      openConsent(action.consent)
      return null
    case 'authorise':
      return null
  }
}

const needsKeys = (action: StepAction): boolean => ['order', 'register', 'refresh', 'read'].includes(action.kind)

function Outcome({ fault, refusal }: { readonly fault: Fault | null; readonly refusal: Refusal }) {
  if (refusal === null) return <FaultNotice fault={fault} />
  return (
    <Notice
      tone="bad"
      title="The bank declined"
      action={<Button onClick={() => openExchange(refusal)}>See why</Button>}
    >
      Its answer and what is likely behind it are in History.
    </Notice>
  )
}

export function StepActionButton({
  step,
  action,
  standing,
}: {
  readonly step: Step
  readonly action: StepAction
  readonly standing: Standing
}) {
  const [refusal, setRefusal] = useState<Refusal>(null)
  const calling = useFirstCall().call !== null
  const work = useAction(async () => {
    setRefusal(null)
    setRefusal(await perform(action, standing))
  })
  const first = useKeyStoreFirst(() => void work.run())
  if (first.waiting) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="text-muted">
          Goes on when the key store is open.
        </span>
        <Button data-primary kind="primary" onClick={openKeyStoreDialog}>
          Open the key store
        </Button>
        <Button kind="quiet" onClick={first.stop}>
          Not now
        </Button>
      </div>
    )
  }
  return (
    <>
      <Outcome fault={work.fault} refusal={refusal} />
      <Button
        data-primary
        kind={step.state === 'done' ? 'plain' : 'primary'}
        className="self-start"
        busy={work.busy || (calling && step.id === 'calls')}
        onClick={() => (needsKeys(action) ? first.start() : void work.run())}
      >
        {action.label}
      </Button>
    </>
  )
}
