/** The two ends: the customer goes back when all is done, or everything is cancelled. */
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { AddressLink } from './address-link.tsx'
import { bodyOf, textAt } from './answer-members.ts'
import { useCase, useExchange } from './cases.ts'
import { stopAsking } from './order-polling.ts'
import { StepLine, useIsBusy } from './step-line.tsx'
import { type Desk, endPreAuthorization } from './steps.ts'

function CancelDialog({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }) {
  const { cancel } = desk.profile
  const confirm = () => {
    if (cancel !== undefined) void endPreAuthorization(desk, cancel.operation, true)
    stopAsking(desk.grant)
    onClose()
  }
  return (
    <Dialog title="Cancel everything?" onClose={onClose}>
      <p>
        It ends at the bank, with identification, application and signing. Afterwards every call is refused; another one
        needs another token.
        {desk.environment.kind === 'production' && ' It is that of a real customer.'}
      </p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button kind="danger" onClick={confirm}>
          Cancel everything
        </Button>
      </div>
    </Dialog>
  )
}

export function EndSection({ desk, isFinal }: { readonly desk: Desk; readonly isFinal: boolean }) {
  const { finish, cancel } = desk.profile
  const { told, cancelled } = useCase(desk.grant)
  const { exchange } = useExchange(told.end)
  const busy = useIsBusy(desk.grant, 'end')
  const [asking, setAsking] = useState(false)
  if (finish === undefined && cancel === undefined) return null
  const end = [finish, cancel].find((each) => each?.operation === exchange?.operation)
  const address = end === undefined ? null : textAt(bodyOf(exchange), end.at)
  return (
    <Section title="End">
      {cancelled && (
        <Notice tone="caution" title="Everything was cancelled">
          The bank refuses every further call with this token. Enter another one to begin anew.
        </Notice>
      )}
      {address !== null && exchange !== null && (
        <div>
          <AddressLink
            desk={desk}
            operation={exchange.operation}
            address={address}
            name="Back to where the customer came from"
          />
        </div>
      )}
      {!cancelled && (
        <div className="flex flex-wrap items-center gap-2">
          {isFinal && finish !== undefined && (
            <Button kind="primary" busy={busy} onClick={() => void endPreAuthorization(desk, finish.operation, false)}>
              Send the customer back
            </Button>
          )}
          {cancel !== undefined && (
            <Button kind="danger" busy={busy} onClick={() => setAsking(true)}>
              Cancel everything …
            </Button>
          )}
        </div>
      )}
      <StepLine grant={desk.grant} part="end" />
      {asking && <CancelDialog desk={desk} onClose={() => setAsking(false)} />}
    </Section>
  )
}
