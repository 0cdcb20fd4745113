/** The order that is polled: one at a time, with even pauses, until it has ended, its time is over or somebody stops. */
import type { OrderShape, SigningWay } from '#shared/application-profile.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import { streamNamed } from '../ui/stream.ts'
import { bodyOf, statusWord, textAt } from './answer-members.ts'
import { caseOf, tell } from './cases.ts'
import { callStep, type Desk, type DeskKind, readApplication } from './steps.ts'

export type OrderWay = Extract<SigningWay, { how: 'order' }>

export const polling = streamNamed<{ readonly grant: string }, Exchange>('application-order')

export const isOver = ({ bank }: Desk, shape: OrderShape, exchange: Exchange): boolean =>
  statusWord(bank, shape.statuses, textAt(bodyOf(exchange), shape.status))?.final ?? false

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

/** An order that is refused (404, 409) or not answered is not asked for any more. */
async function* answersTo(desk: Desk, way: OrderWay, shape: OrderShape, signal: AbortSignal) {
  const begun = Date.parse(caseOf(desk.grant).signing?.begunAt ?? '') || Date.now()
  while (Date.now() < begun + shape.lasts * 1000) {
    await pause(shape.interval, signal)
    if (signal.aborted) return
    const exchange = await callStep(desk, 'order', way.poll)
    if (exchange === null || signal.aborted) return
    yield exchange
    if (!succeeded(exchange) || isOver(desk, shape, exchange)) return
  }
}

/** When the order has ended the application is read: only it says what became of it. */
export async function followOrder(desk: Desk, which: DeskKind, way: OrderWay): Promise<void> {
  const { order: shape } = desk.profile
  if (shape === undefined) return
  let ended = false
  await polling.run(
    { grant: desk.grant },
    (signal) => Promise.resolve(answersTo(desk, way, shape, signal)),
    (exchange) => {
      if (!succeeded(exchange)) return
      tell(desk.grant, 'signing', exchange)
      ended = isOver(desk, shape, exchange)
    },
  )
  if (ended) await readApplication(desk, which)
}

/** Takes an order back, and asks once more what became of it. */
export async function cancelOrder(desk: Desk, which: DeskKind, way: OrderWay): Promise<void> {
  if (way.cancel === undefined) return
  polling.cancel()
  const cancelled = await callStep(desk, 'signing', way.cancel)
  const exchange = await callStep(desk, 'order', way.poll)
  if (exchange !== null && succeeded(exchange)) tell(desk.grant, 'signing', exchange)
  if (cancelled !== null && succeeded(cancelled)) await readApplication(desk, which)
}
