/** A list on the left and what is chosen in it on the right; each scrolls by itself. */
import type { ReactNode } from 'react'

export function ListAndDetail({
  list,
  detail,
  label,
  wide = false,
}: {
  readonly list: ReactNode
  readonly detail: ReactNode
  /** Names the right side for a screen reader. */
  readonly label: string
  /** The list is a table with many columns and gets most of the room. */
  readonly wide?: boolean
}) {
  return (
    <div
      className={`grid min-h-0 flex-1 ${wide ? 'grid-cols-[minmax(0,1fr)_18rem] xl:grid-cols-[minmax(0,1fr)_24rem]' : 'grid-cols-2 xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]'}`}
    >
      <div className="flex min-h-0 min-w-0 flex-col">{list}</div>
      <section
        aria-label={label}
        className="flex min-h-0 min-w-0 flex-col overflow-auto border-l border-line bg-surface"
      >
        {detail}
      </section>
    </div>
  )
}
