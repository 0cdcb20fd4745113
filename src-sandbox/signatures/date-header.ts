/** Holds the Date header against a clock. */
import { headerOf, type Received } from '#sandbox/net/answer.ts'

const widestSeconds = 60
const imfFixdate = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Null where Date is in the form of RFC 9110 section 5.6.7 and near the clock; otherwise why not. */
export function dateObstacle(received: Received, now: number): string | null {
  const header = headerOf(received, 'date')
  if (!header) return 'there is no Date header'
  const at = imfFixdate.test(header) ? Date.parse(header) : Number.NaN
  // Writing it again finds a wrong weekday and a 31st of February.
  if (Number.isNaN(at) || new Date(at).toUTCString() !== header)
    return `Date ${JSON.stringify(header)} is no date of HTTP`
  const seconds = Math.round((now - at) / 1000)
  if (Math.abs(seconds) <= widestSeconds) return null
  return `Date is ${Math.abs(seconds)} s ${seconds > 0 ? 'behind' : 'ahead of'} the bank's clock; ${widestSeconds} s are allowed`
}
