/** Says how long exchanges are kept. */
import type { Retention } from '#shared/contract/history.ts'

const days = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'day' : 'days'}`

/** `for ever`, `90 days`, `the newest 1,000`, `90 days, 1,000 at most`. */
export function retentionWords({ days: age, count }: Retention): string {
  if (age === null && count === null) return 'for ever'
  if (count === null) return days(age!)
  const number = count.toLocaleString('en')
  return age === null ? `the newest ${number}` : `${days(age)}, ${number} at most`
}

/** What a field says: null for an empty one, undefined for what is no whole number from 1 to `most`. */
export function limitOf(text: string, most: number): number | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  const number = Number(typed)
  return /^\d+$/.test(typed) && number >= 1 && number <= most ? number : undefined
}
