/** Moments as a person here reads them: ISO order, local time. */

// Swedish is the locale whose short form is the ISO order.
const moment = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })
const date = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' })
const clock = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'medium' })

/** `2026-07-14 08:41:07` */
export const localMoment = (when: string | number): string => moment.format(new Date(when))

/** `2026-07-14` */
export const localDate = (when: string | number): string => date.format(new Date(when))

/** As short as can be told apart: `08:41:07` on the day of `now`, `07-14 08:41` in its year, else `2025-07-14`. */
export function shortMoment(when: string, now: number): string {
  if (localDate(when) === localDate(now)) return clock.format(new Date(when))
  return localDate(when).slice(0, 4) === localDate(now).slice(0, 4) ? localMoment(when).slice(5, 16) : localDate(when)
}
