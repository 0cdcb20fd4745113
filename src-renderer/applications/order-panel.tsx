/** A BankID order that is polled: the code to scan, renewed with every answer, what the customer has to do, and the time left. */
import { useEffect } from 'react'
import type { OrderShape } from '#shared/application-profile.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { operationLinks } from '#shared/linked-operation.ts'
import { keyStore } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { countdown, useNow } from '../ui/use-now.ts'
import { AddressLink, pageIn } from './address-link.tsx'
import { bodyOf, statusWord, textAt } from './answer-members.ts'
import { useCase } from './cases.ts'
import { cancelOrder, followOrder, isOver, type OrderWay, pollingOf, stopAsking } from './order-polling.ts'
import { useIsBusy } from './step-line.tsx'
import type { Desk, DeskKind } from './steps.ts'

/** A data URL of an image, or the bare base64 of one; null for anything else, which no image is loaded from. */
export function codeImage(text: string | null): string | null {
  if (text === null) return null
  if (/^data:image\/(png|gif|jpeg|webp);base64,[\w+/]+=*$/.test(text)) return text
  return /^[\w+/]{40,}=*$/.test(text) ? `data:image/png;base64,${text}` : null
}

function Code({ text, pending }: { readonly text: string | null; readonly pending: boolean }) {
  const image = codeImage(text)
  if (!pending) return null
  return image === null ? (
    <p className="flex size-48 shrink-0 items-center rounded-md border border-line p-3 text-muted">
      The answer has no QR code. Start the app on this device instead.
    </p>
  ) : (
    <img
      src={image}
      alt="QR code to be scanned with the BankID app"
      className="size-48 shrink-0 rounded-md border border-line bg-white [image-rendering:pixelated]"
    />
  )
}

interface Shown {
  readonly desk: Desk
  readonly which: DeskKind
  readonly way: OrderWay
  readonly exchange: Exchange
}

function Controls({ desk, which, way, exchange, over }: Shown & { readonly over: boolean }) {
  const polling = pollingOf(desk.grant)
  const { running, cancelled, fault } = polling()
  const busy = useIsBusy(desk.grant, 'signing')
  const seconds = desk.profile.order?.interval
  const canCancel = operationLinks(bodyOf(exchange)).some(({ rel }) => rel.toLowerCase() === 'cancel')
  if (over) return null
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {running ? (
          <Button onClick={() => stopAsking(desk.grant)}>Stop asking</Button>
        ) : (
          <Button kind="primary" onClick={() => void followOrder(desk, which, way)}>
            Go on asking
          </Button>
        )}
        {canCancel && (
          <Button kind="danger" busy={busy} onClick={() => void cancelOrder(desk, which, way)}>
            Cancel the order
          </Button>
        )}
      </div>
      {running && (
        <p className="text-muted">
          Asked for every {seconds} seconds, in other views too. A window that is closed stops asking, the order goes on
          at the bank; Applications asks again when it is opened.
        </p>
      )}
      {cancelled && <Notice title="Stopped">The order goes on at the bank; it is not asked for any longer.</Notice>}
      <FaultNotice fault={fault} title="The order was not asked for" />
    </>
  )
}

/**
 * An order is asked for as long as nobody stopped it, also when the window was closed or loaded anew meanwhile.
 * @returns whether it was
 */
function useAsking({ desk, which, way }: Shown, over: boolean): boolean {
  const { signing } = useCase(desk.grant)
  const wanted = signing?.asking === true && !over
  // biome-ignore lint/correctness/useExhaustiveDependencies: desk and kind are made anew with every render and mean the same
  useEffect(() => {
    if (wanted) void followOrder(desk, which, way)
  }, [desk.grant, wanted])
  return wanted && Date.parse(signing.begunAt) < performance.timeOrigin
}

function TimeLeft({ begunAt, shape }: { readonly begunAt: string; readonly shape: OrderShape }) {
  const now = useNow()
  const until = new Date(Date.parse(begunAt) + shape.lasts * 1000).toISOString()
  return <span className="tabular-nums">{countdown(until, now)}</span>
}

/** What is not known while the key store is closed: nothing is asked, and bodies are sealed. */
function useClosed(): boolean {
  const store = keyStore().value
  return store !== null && !isKeyStoreReady(store)
}

function Waiting({ closed, resumed }: { readonly closed: boolean; readonly resumed: boolean }) {
  if (closed)
    return (
      <Notice
        tone="caution"
        title="Not asked for while the key store is locked"
        action={<Button onClick={openKeyStoreDialog}>Unlock …</Button>}
      >
        The order goes on at the bank; it is asked for again when the key store is open.
      </Notice>
    )
  return resumed ? <Notice title="Asked for again">The window was closed or loaded anew meanwhile.</Notice> : null
}

export function OrderPanel(shown: Shown) {
  const { order: shape } = shown.desk.profile
  return shape === undefined ? null : <Order {...shown} shape={shape} />
}

function Order({ shape, ...shown }: Shown & { readonly shape: OrderShape }) {
  const { desk, which, way, exchange } = shown
  const { bank, grant } = desk
  const { signing } = useCase(grant)
  const closed = useClosed()
  const body = bodyOf(exchange)
  const [code, hint] = [textAt(body, shape.status), textAt(body, shape.hint)]
  const status = statusWord(bank, shape.statuses, code)
  const told = statusWord(bank, shape.hints, hint)
  const over = isOver(desk, shape, exchange)
  const resumed = useAsking(shown, over)
  const page = pageIn(desk, exchange.operation, exchange)
  const token = textAt(body, shape.token)
  const text = told?.meaning ?? status?.meaning ?? 'The bank’s data does not explain this answer.'
  return (
    <div className="flex flex-wrap items-start gap-4">
      <Code text={textAt(body, shape.code)} pending={!over} />
      <div className="flex min-w-64 flex-1 flex-col gap-3">
        <p role="status" className="flex flex-wrap items-center gap-2">
          <Badge tone={over ? (told === null ? 'good' : 'bad') : 'accent'}>{status?.name ?? code ?? 'no status'}</Badge>
          {told !== null && <strong>{told.name}</strong>}
          <span>{text}</span>
        </p>
        <Facts
          facts={[
            ...(hint === null
              ? []
              : [
                  [
                    'Hint',
                    <code key="hint" className="font-mono text-sm">
                      {hint}
                    </code>,
                  ] as const,
                ]),
            ...(over || signing === null
              ? []
              : [['Time left', <TimeLeft key="left" begunAt={signing.begunAt} shape={shape} />] as const]),
            ...(token === null || over
              ? []
              : [
                  [
                    'Start token',
                    <span key="token" className="flex flex-wrap items-center gap-2 font-mono text-sm wrap-anywhere">
                      {token}
                      <CopyButton text={token} />
                    </span>,
                  ] as const,
                ]),
          ]}
        />
        {!over && page !== null && (
          <div>
            <AddressLink desk={desk} operation={exchange.operation} address={page.address} name={page.purpose} />
          </div>
        )}
        {!over && <Waiting closed={closed} resumed={resumed} />}
        <Controls desk={desk} which={which} way={way} exchange={exchange} over={over} />
      </div>
    </div>
  )
}
