/** Orders that are polled: each by one timer with even pauses, whatever view is shown, until it has ended, its time is over or somebody stops. */
import type { OrderShape, SigningWay } from '#shared/application-profile.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { useApp } from '../app-state.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import { keyStore } from '../live-data.ts'
import { isKeyStoreReady } from '../shell/key-store-dialog.tsx'
import { notify } from '../ui/notifications.tsx'
import { type Stream, streamNamed } from '../ui/stream.ts'
import { bodyOf, statusWord, textAt } from './answer-members.ts'
import { caseOf, changeCase, shownGrant, tell } from './cases.ts'
import { callStep, type Desk, type DeskKind, readApplication } from './steps.ts'

export type OrderWay = Extract<SigningWay, { how: 'order' }>

/** An order goes with its pre-authorization, and several customers may be signing. */
export const pollingOf = (grant: string): Stream<{ readonly grant: string }, Exchange> =>
  streamNamed(`application-order ${grant}`)

export const isOver = ({ bank }: Desk, shape: OrderShape, exchange: Exchange): boolean =>
  statusWord(bank, shape.statuses, textAt(bodyOf(exchange), shape.status))?.final ?? false

/** No call is made meanwhile; the order goes on at the bank all the same. */
export function isLocked(): boolean {
  const { value } = keyStore.getState()
  return value !== null && !isKeyStoreReady(value)
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, seconds * 1000)
    signal.addEventListener('abort', done, { once: true })
  })
}

function unlocked(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isLocked() && !signal.aborted) return
      stop()
      resolve()
    }
    const stop = keyStore.subscribe(look)
    signal.addEventListener('abort', look, { once: true })
    look()
  })
}

/**
 * An order that is refused (404, 409) is not asked for any more; an answer that is lost on the way is no refusal. When its
 * time is over it is asked for once more: what it came to may not be known here.
 */
async function* answersTo(desk: Desk, way: OrderWay, shape: OrderShape, signal: AbortSignal) {
  const begun = Date.parse(caseOf(desk.grant).signing?.begunAt ?? '') || Date.now()
  for (;;) {
    const last = Date.now() >= begun + shape.lasts * 1000
    await pause(last ? 0 : shape.interval, signal)
    await unlocked(signal)
    if (signal.aborted) return
    const exchange = await callStep(desk, 'order', way.poll)
    if (signal.aborted) return
    if (exchange === null && isLocked()) continue
    if (exchange === null) return
    yield exchange
    const lost = exchange.response === null
    if (last || (!lost && (!succeeded(exchange) || isOver(desk, shape, exchange)))) return
  }
}

function setAsking(grant: string, asking: boolean): void {
  const { signing } = caseOf(grant)
  if (signing !== null) changeCase(grant, { signing: { ...signing, asking } })
}

/** The order goes on at the bank. */
export function stopAsking(grant: string): void {
  setAsking(grant, false)
  pollingOf(grant).cancel()
}

/** Whoever is elsewhere, or at another customer, hears of the end. */
function tellElsewhere({ bank, grant }: Desk, shape: OrderShape, exchange: Exchange): void {
  if (useApp.getState().view === 'applications' && shownGrant() === grant) return
  const body = bodyOf(exchange)
  const hint = statusWord(bank, shape.hints, textAt(body, shape.hint))
  const status = statusWord(bank, shape.statuses, textAt(body, shape.status))
  const whose = caseOf(grant).label ?? 'The customer'
  notify(
    hint === null ? 'good' : 'caution',
    `${whose}: ${hint?.name ?? status?.name ?? 'the order has ended'}`,
    'The order in Applications has ended.',
  )
}

/** When the order has ended the application is read: only it says what became of it. */
export async function followOrder(desk: Desk, which: DeskKind, way: OrderWay): Promise<void> {
  const { order: shape } = desk.profile
  const polling = pollingOf(desk.grant)
  if (shape === undefined || polling.getState().running) return
  setAsking(desk.grant, true)
  let ended: Exchange | null = null
  await polling.run(
    { grant: desk.grant },
    (signal) => Promise.resolve(answersTo(desk, way, shape, signal)),
    (exchange) => {
      if (!succeeded(exchange)) return
      tell(desk.grant, 'signing', exchange)
      ended = isOver(desk, shape, exchange) ? exchange : null
    },
  )
  setAsking(desk.grant, false)
  if (ended === null) return
  tellElsewhere(desk, shape, ended)
  await readApplication(desk, which)
}

/** Takes an order back, and asks once more what became of it. */
export async function cancelOrder(desk: Desk, which: DeskKind, way: OrderWay): Promise<void> {
  if (way.cancel === undefined) return
  stopAsking(desk.grant)
  const cancelled = await callStep(desk, 'signing', way.cancel)
  const exchange = await callStep(desk, 'order', way.poll)
  if (exchange !== null && succeeded(exchange)) tell(desk.grant, 'signing', exchange)
  if (cancelled !== null && succeeded(cancelled)) await readApplication(desk, which)
}
