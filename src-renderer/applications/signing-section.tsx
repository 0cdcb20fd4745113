/** Signing, and the pages to fill in: what the answer that began it holds, until the customer is back. */
import type { SigningWay } from '#shared/application-profile.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Section } from '../ui/section.tsx'
import { AddressLink, pageIn } from './address-link.tsx'
import { bodyOf, textAt } from './answer-members.ts'
import { useCase, useExchange } from './cases.ts'
import { OrderPanel } from './order-panel.tsx'
import { StepLine, useIsBusy } from './step-line.tsx'
import { type Desk, type DeskKind, readApplication } from './steps.ts'

interface Shown {
  readonly desk: Desk
  readonly which: DeskKind
  readonly exchange: Exchange
}

function StartToken({ exchange, way }: { readonly exchange: Exchange; readonly way: SigningWay | undefined }) {
  const token = way?.how === 'app' ? textAt(bodyOf(exchange), way.token) : null
  if (token === null) return null
  return (
    <Facts
      facts={[
        [
          'Start token',
          <span key="token" className="flex flex-wrap items-center gap-2 font-mono text-sm wrap-anywhere">
            {token}
            <CopyButton text={token} />
          </span>,
        ],
      ]}
    />
  )
}

/** Nothing tells that the customer is done: the application does, when it is read. */
function Away({ desk, which, exchange, way }: Shown & { readonly way: SigningWay | undefined }) {
  const busy = useIsBusy(desk.grant, 'application')
  const page = pageIn(desk, exchange.operation, exchange)
  return (
    <>
      <StartToken exchange={exchange} way={way} />
      <div className="flex flex-wrap items-center gap-2">
        {page === null ? (
          <p className="text-muted">The answer holds no page. Open it in History.</p>
        ) : (
          <AddressLink desk={desk} operation={exchange.operation} address={page.address} name={page.purpose} primary />
        )}
        <Button busy={busy} onClick={() => void readApplication(desk, which)}>
          The customer is back
        </Button>
      </div>
      <p className="text-muted">Nothing tells when the customer is done; the application is read again then.</p>
    </>
  )
}

export function SigningSection({ desk, which }: { readonly desk: Desk; readonly which: DeskKind }) {
  const { signing, told, lines } = useCase(desk.grant)
  const { exchange } = useExchange(signing === null ? undefined : told.signing)
  if (signing === null && lines.signing === undefined) return null
  const way = which.kind.sign.find(({ begin }) => begin === signing?.operation)
  const page = which.kind.pages.find(({ begin }) => begin === signing?.operation)
  return (
    <Section title={way?.name ?? page?.name ?? 'Signing'}>
      {exchange !== null &&
        (way?.how === 'order' ? (
          <OrderPanel desk={desk} which={which} way={way} exchange={exchange} />
        ) : (
          <Away desk={desk} which={which} exchange={exchange} way={way} />
        ))}
      <StepLine grant={desk.grant} part="signing" />
      {way?.how === 'order' && <StepLine grant={desk.grant} part="order" />}
    </Section>
  )
}
