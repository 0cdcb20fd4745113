/** Moves a saved state to another time and to other ids, so that it is as fresh as when it was saved and nobody else's. */
import { randomBytes, randomUUID } from 'node:crypto'
import { addDays, isDay } from '#sandbox/bank/calendar.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** @param change is given each text with the name it stands under; keys are texts without a name. */
function mapped(
  value: Json,
  change: (value: string | number, name: string | null) => string | number,
  name = '',
): Json {
  if (typeof value === 'string' || typeof value === 'number') return change(value, name)
  if (Array.isArray(value)) return value.map((one) => mapped(one, change, name))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [String(change(key, null)), mapped(one, change, key)]),
  )
}

const isTime = (name: string | null): boolean => name !== null && /(?:^at|At)$/.test(name)

/** @param milliseconds from then to now. @param days the same in days of the calendar. */
export function atAnotherTime(state: unknown, milliseconds: number, days: number): unknown {
  return mapped(state as Json, (value, name) => {
    if (typeof value === 'number') return isTime(name) ? value + milliseconds : value
    return name !== null && isDay(value) ? addDays(value, days) : value
  })
}

const isId = (name: string): boolean => name === 'id' || name === 'authorisationId'

function idsIn(value: Json, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const one of value) idsIn(one, found)
  else if (value !== null && typeof value === 'object')
    for (const [name, one] of Object.entries(value)) {
      if (isId(name) && typeof one === 'string') found.add(one)
      else idsIn(one, found)
    }
  return found
}

/** Of the same form, as banks and clients look at it. */
function another(id: string): string {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return randomUUID()
  if (/^[0-9a-f]{32}$/.test(id)) return randomBytes(16).toString('hex')
  const [, before = '', drawn = '', after = ''] = /^(\w*!!)?([\w-]+)(=*)$/.exec(id) ?? []
  return drawn === ''
    ? id
    : before +
        randomBytes(Math.ceil((drawn.length * 3) / 4))
          .toString('base64url')
          .slice(0, drawn.length) +
        after
}

export function underOtherIds(state: unknown): unknown {
  const names = new Map([...idsIn(state as Json, new Set())].map((id) => [id, another(id)]))
  return mapped(state as Json, (value) => (typeof value === 'string' ? (names.get(value) ?? value) : value))
}
