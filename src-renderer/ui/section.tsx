/** A titled surface: heading on the left, what can be done with all of it on the right. */
import { type ReactNode, useId } from 'react'

export function Section({
  title,
  trailing,
  flush = false,
  children,
}: {
  readonly title: string
  readonly trailing?: ReactNode
  /** The content reaches the edges, as a table does. */
  readonly flush?: boolean
  readonly children: ReactNode
}) {
  const heading = useId()
  return (
    <section aria-labelledby={heading} className="min-w-0 rounded-md border border-line bg-surface">
      <div className="flex min-h-9 items-center gap-2 border-b border-line px-3 py-1">
        <h2 id={heading} className="min-w-0 flex-1 wrap-anywhere">
          {title}
        </h2>
        {trailing}
      </div>
      <div className={flush ? 'overflow-x-auto' : 'flex flex-col gap-3 p-3'}>{children}</div>
    </section>
  )
}
