/** The rows of a table as filter and order want them, made in slices while the former ones stay in sight. */
import { useEffect, useRef, useState } from 'react'
import { arrange, everything, type TransactionFilter } from './arrange.ts'
import { prepareOrder, type Sort } from './order.ts'
import type { Transaction } from './read-account.ts'
import { inSlices } from './slices.ts'
import { type Sums, sumsOf } from './sums.ts'

interface Wish {
  readonly rows: readonly Transaction[]
  readonly filter: TransactionFilter
  readonly sort: Sort | null
}

interface Done extends Wish {
  readonly arranged: Sums & { readonly rows: readonly Transaction[] }
}

/** Milliseconds between two arrangements while pages pour in. */
const pause = 250

const none: Done = { rows: [], filter: everything, sort: null, arranged: { rows: [], totals: [], unreadable: 0 } }

const isPlain = ({ filter, sort }: Wish): boolean =>
  sort === null && Object.values(filter).every((value) => value === '')

export interface ArrangedRows extends Sums {
  readonly rows: readonly Transaction[]
  /** Not yet what was asked for last. */
  readonly busy: boolean
  /** Another one with another filter or order, and not with more rows. */
  readonly arrangement: string
}

export function useArranged(rows: readonly Transaction[], filter: TransactionFilter, sort: Sort | null): ArrangedRows {
  const [done, setDone] = useState<Done>(none)
  const wish = useRef<Wish>({ rows, filter, sort })
  wish.current = { rows, filter, sort }
  const running = useRef<AbortController | null>(null)
  const wake = useRef<(() => void) | null>(null)

  useEffect(() => {
    const mine = new AbortController()
    running.current?.abort()
    running.current = mine
    const work = async () => {
      // More rows wait for the arrangement under way: aborted by each page, none would ever be done.
      for (;;) {
        const { rows: these } = wish.current
        const ordered = await inSlices(arrange(these, filter, sort), mine.signal)
        if (ordered === null || mine.signal.aborted) return
        // The rows at once, their sums when they are added up.
        setDone(({ arranged }) => ({ rows: these, filter, sort, arranged: { ...arranged, rows: ordered.rows } }))
        const sums = await inSlices(sumsOf(ordered.kept), mine.signal)
        if (sums === null || mine.signal.aborted) return
        setDone({ rows: these, filter, sort, arranged: { ...sums, rows: ordered.rows } })
        await new Promise((resolve) => setTimeout(resolve, pause))
        const still = () => wish.current.rows === these
        await inSlices(prepareOrder(these, still), mine.signal)
        while (still()) {
          if (mine.signal.aborted) return
          await new Promise<void>((resolve) => {
            wake.current = resolve
          })
        }
      }
    }
    void work()
    return () => {
      mine.abort()
      wake.current?.()
    }
  }, [filter, sort])

  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are what wakes
  useEffect(() => wake.current?.(), [rows])

  const { arranged } = done
  const plain = isPlain({ rows, filter, sort })
  const shown = plain ? { rows, filter, sort } : done
  return {
    ...arranged,
    rows: plain ? rows : arranged.rows,
    busy: done.rows !== rows || done.filter !== filter || done.sort !== sort,
    arrangement: JSON.stringify([shown.filter, shown.sort]),
  }
}
