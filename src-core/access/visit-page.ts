/** Sends the customer to a page of the bank and waits for the way back: what every flow with a person in it shares. */
import type { z } from 'zod'
import type { openEventSchema } from '#shared/contract/followed.ts'
import { isFault } from '#shared/fault.ts'
import type { AccessParts } from './access-target.ts'
import type { Judge } from './callback-listener.ts'
import type { FlowBook, FlowInHand } from './flow-book.ts'
import type { ResourceBook } from './resource-book.ts'
import { pastedParameters, type WaitParts, waitForCustomer } from './wait-for-customer.ts'

export type OpenEvent = z.infer<typeof openEventSchema>

/** How one run waits. */
export interface Session {
  readonly psu?: string | undefined
  readonly decision: 'approve' | 'deny' | 'abandon'
  /** Seconds. */
  readonly timeout: number
  /** The address a customer came back to already: nothing is opened then. */
  readonly callbackUrl?: string | undefined
}

/** What flows with a customer draw on besides the other access calls. */
export interface FlowParts extends AccessParts, WaitParts {
  readonly flows: FlowBook
  /** Where it is noted that the customer came back. */
  readonly resources: ResourceBook
  openInBrowser(url: string): Promise<boolean>
  /** The sandbox's customer of this name: what the bank asks to recognise them. */
  sandboxCustomer(bank: string, name: string): Promise<Readonly<Record<string, string>>>
  /** Lets the sandbox click for the customer. */
  clickAsCustomer(bank: string, url: string, psu: string, decision: Session['decision']): Promise<unknown>
}

/** Yields `open`; returns the query the customer came back with. */
export async function* visitPage(
  flow: FlowInHand,
  session: Session,
  judge: Judge,
  parts: FlowParts,
  outer?: AbortSignal,
): AsyncGenerator<OpenEvent, URLSearchParams, void> {
  const { id, redirectUri, bank } = flow.record
  const { url } = flow.secrets
  if (session.callbackUrl !== undefined) {
    const parameters = pastedParameters(session.callbackUrl, redirectUri)
    judge(parameters)
    return parameters
  }
  const giveUp = new AbortController()
  const signal = outer === undefined ? giveUp.signal : AbortSignal.any([giveUp.signal, outer])
  const stop = () => giveUp.abort()
  const wait = await waitForCustomer(
    { flow: id, redirectUri, judge, timeout: session.timeout * 1000, signal, stop },
    parts,
  )
  const open = (opened: boolean): OpenEvent => ({
    type: 'open',
    url,
    host: new URL(url).host,
    opened,
    flow: id,
    callback: { uri: redirectUri, how: wait.how, warning: wait.warning },
  })
  try {
    if (session.psu === undefined) yield open(await parts.openInBrowser(url))
    else {
      yield open(false)
      await parts.clickAsCustomer(bank, url, session.psu, session.decision)
    }
    const parameters = await wait.callback
    // Not awaited: a browser that reads slowly must not cost the seconds a code lives.
    void wait.close()
    return parameters
  } catch (fault) {
    await wait.close()
    throw fault
  } finally {
    giveUp.abort()
    // For a consumer that leaves while the page is shown; harmless otherwise.
    void wait.close()
  }
}

/** Faults after which there is nothing to go on with. */
const over = new Set(['ACCESS_DENIED', 'ACCESS_TOKEN_REFUSED'])

/** Ends the flow when it failed before anybody saw it or was refused for good; otherwise it can be resumed. */
export async function* keepFlow<Event>(
  flow: FlowInHand,
  resumed: boolean,
  events: AsyncGenerator<Event, void, void>,
): AsyncGenerator<Event, void, void> {
  let shown = resumed
  try {
    for await (const event of events) {
      shown = true
      yield event
    }
  } catch (fault) {
    if (!shown || (isFault(fault) && over.has(fault.code))) await flow.end()
    throw fault
  } finally {
    await flow.release()
  }
}
