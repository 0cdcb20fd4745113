/** Moments as a person here reads them: ISO order, local time. */

const two = (number: number): string => String(number).padStart(2, '0')
const dateOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
// By hand, because the first Intl.DateTimeFormat of a page costs a tenth of the time the window takes to open.
const clockOf = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`

/** `2026-07-14 08:41:07` */
export const localMoment = (when: string | number): string => `${localDate(when)} ${clockOf(new Date(when))}`

/** `2026-07-14` */
export const localDate = (when: string | number): string => dateOf(new Date(when))

/** As short as can be told apart: `08:41:07` on the day of `now`, `07-14 08:41` in its year, else `2025-07-14`. */
export function shortMoment(when: string, now: number): string {
  if (localDate(when) === localDate(now)) return clockOf(new Date(when))
  return localDate(when).slice(0, 4) === localDate(now).slice(0, 4) ? localMoment(when).slice(5, 16) : localDate(when)
}
