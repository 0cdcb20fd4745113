/** A row that leads somewhere else: one button over its whole width. */
import type { ReactNode } from 'react'

export function LinkRow({
  name,
  onOpen,
  children,
  trailing,
}: {
  /** Says where it leads, beside the words of the row. */
  readonly name: string
  readonly onOpen: () => void
  readonly children: ReactNode
  readonly trailing?: ReactNode
}) {
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        title={name}
        onClick={onOpen}
        className="flex h-7 w-full items-center gap-2 px-2 text-left -outline-offset-2 hover:bg-raised"
      >
        <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
        {trailing !== undefined && <span className="max-w-1/2 truncate text-muted">{trailing}</span>}
        <span aria-hidden="true" className="text-muted">
          ›
        </span>
      </button>
    </li>
  )
}
