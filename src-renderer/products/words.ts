/** Names and codes of a bank's data as a person reads them; the code itself stays at hand as a title. */

/** `featureType` → `Feature type`, `productId` → `Product id`. */
export function wordsOfName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Codes are in capitals and longer than those of countries and currencies. */
const code = /^[A-Z][A-Z0-9_]{3,}$/
const duration = /^P(\d+)([DWMY])$/
const units: Readonly<Record<string, string>> = { D: 'day', W: 'week', M: 'month', Y: 'year' }

/** null for what is a text of its own. */
export function wordsOfCode(text: string): string | null {
  const span = duration.exec(text)
  if (span !== null) return `${span[1]} ${units[span[2]!]}${span[1] === '1' ? '' : 's'}`
  return code.test(text) ? wordsOfName(text) : null
}

/** `DAY` → `days`; a unit nobody knows stays as it is. */
export function wordsOfUnit(unit: string): string {
  const known = ['day', 'week', 'month', 'year'].find((each) => each === unit.toLowerCase())
  return known === undefined ? unit : `${known}s`
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/
export const isMoment = (text: string): boolean => moment.test(text) && !Number.isNaN(Date.parse(text))

/** `ka` → `Georgian (ქართული)`. */
export function wordsOfLanguage(language: string): string {
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language
  const own = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
  return own.toLowerCase() === name.toLowerCase() ? name : `${name} (${own})`
}
