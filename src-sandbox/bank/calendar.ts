/** Days as `YYYY-MM-DD` texts, which sort and compare as they are. */

/** UTC on purpose: with a bank's own time zone "today" of a client could be the bank's yesterday for an hour each night. */
export const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10)

export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`)

export const addDays = (day: string, days: number): string => dayOf(startOfDay(day) + days * 24 * 60 * 60 * 1000)

/** The same day of another month, or that month's last day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, last)))
}

export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOfDay(text)) && dayOf(startOfDay(text)) === text

/** Weekends only: bank holidays would make tests depend on the year. */
export function bankingDayFrom(day: string): string {
  const weekday = new Date(startOfDay(day)).getUTCDay()
  return addDays(day, weekday === 6 ? 2 : weekday === 0 ? 1 : 0)
}

/** Milliseconds since 1970 of the end of the banking day it is, or will be next on a weekend: midnight, UTC. */
export const endOfBankingDay = (now: number): number => startOfDay(addDays(bankingDayFrom(dayOf(now)), 1))
