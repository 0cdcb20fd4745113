/** The statuses answers told of one thing, in their order: a status is noted where it is another one than before. */
import type { Sent } from '../requests/send.ts'
import type { ResourceRecord } from './resource-book.ts'

/** Longer than any way a payment takes; a bank that changes its mind all day fills no file. */
const longestTimeline = 100

type Timeline = ResourceRecord['timeline']

/** A status is noted where it is another one than before. */
export function noted(timeline: Timeline, status: string | null, { exchange }: Sent): Timeline {
  if (status === null || timeline.at(-1)?.status === status) return timeline
  return [...timeline, { status, at: exchange.at, exchange: exchange.id }].slice(-longestTimeline)
}

export const withTimeline = (record: ResourceRecord, sent: Sent): ResourceRecord => ({
  ...record,
  timeline: noted(record.timeline, record.status, sent),
})
