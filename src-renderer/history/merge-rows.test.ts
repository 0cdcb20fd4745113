/** New rows come in above, deleted ones go, and no gap is left between. */
import { describe, expect, it } from 'vitest'
import type { HistoryRow } from '#shared/contract/history.ts'
import { mergeRows } from './merge-rows.ts'

const row = (position: number) => ({ position, id: `x${position}` }) as HistoryRow
const rows = (...positions: number[]) => positions.map(row)
const positions = ({ rows: merged }: { rows: readonly HistoryRow[] }) => merged.map(({ position }) => position)

describe('mergeRows', () => {
  it('puts new rows above and keeps the older ones that were loaded', () => {
    const merged = mergeRows({ rows: rows(5, 4, 3, 2, 1), more: false }, rows(6, 5, 4), 3)
    expect(positions(merged)).toEqual([6, 5, 4, 3, 2, 1])
    expect(merged.more).toBe(false)
  })

  it('drops rows that the engine does not have any more', () => {
    expect(positions(mergeRows({ rows: rows(5, 4, 3, 2, 1), more: true }, rows(6, 4, 3), 3))).toEqual([6, 4, 3, 2, 1])
    expect(mergeRows({ rows: rows(5, 4), more: true }, rows(4), 3)).toEqual({ rows: rows(4), more: false })
    expect(mergeRows({ rows: rows(5, 4), more: true }, [], 3)).toEqual({ rows: [], more: false })
  })

  it('starts anew where more came than a page holds', () => {
    expect(mergeRows({ rows: rows(2, 1), more: false }, rows(9, 8, 7), 3)).toEqual({ rows: rows(9, 8, 7), more: true })
  })

  it('knows of older ones where only the page itself is left', () => {
    expect(mergeRows({ rows: rows(9, 8), more: false }, rows(9, 8, 7), 3).more).toBe(true)
  })
})
