import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, addMonths, bankingDayFrom, dayOf, isDay, startOfDay } from './calendar.ts'

const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => dayOf(date.getTime()))

it('adds days and takes them off again', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -900, max: 900 }), (day, days) => addDays(addDays(day, days), -days) === day),
  )
})

it('keeps the day of the month, or takes the last', () => {
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  expect(addMonths('2024-03-31', -1)).toBe('2024-02-29')
  expect(addMonths('2026-11-21', -18)).toBe('2025-05-21')
  expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
})

it('moves weekends to Monday and nothing else', () => {
  expect(bankingDayFrom('2026-11-20')).toBe('2026-11-20')
  expect(bankingDayFrom('2026-11-21')).toBe('2026-11-23')
  expect(bankingDayFrom('2026-11-22')).toBe('2026-11-23')
  fc.assert(fc.property(anyDay, (day) => ![0, 6].includes(new Date(startOfDay(bankingDayFrom(day))).getUTCDay())))
})

it('knows a day from a text', () => {
  expect(['2026-02-28', '2026-02-29', '2026-2-1', 'soon', ''].map(isDay)).toEqual([true, false, false, false, false])
})
