/** Notes what customers were asked and did, for as long as the window is open: no call of ours shows it. */
import { create } from 'zustand'
import { authorising } from '../authorising.ts'
import type { CustomerMoment } from './steps.ts'

/** Newest last. */
export const useCustomerMoments = create<{ readonly moments: readonly CustomerMoment[] }>(() => ({ moments: [] }))

/** As many as a diagram could show. */
const most = 200

function note(moment: Omit<CustomerMoment, 'key' | 'at'>): void {
  const added = { ...moment, key: crypto.randomUUID(), at: new Date().toISOString() }
  useCustomerMoments.setState(({ moments }) => ({ moments: [...moments, added].slice(-most) }))
}

/** Listens from the start of the window on: an authorisation goes on while other views are shown. */
export function noteCustomerMoments(): void {
  authorising.subscribe(({ subject, events }, before) => {
    const event = events.at(-1)
    if (subject === null || event === undefined || events.length <= before.events.length) return
    const { bank, environment, scope } = subject
    if (event.type === 'open') note({ bank, environment, scope, type: 'open', host: event.host })
    if (event.type === 'callback' || event.type === 'returned')
      note({ bank, environment, scope, type: event.type, host: '' })
  })
}
