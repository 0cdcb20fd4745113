/** The first line of a view: its name, how to narrow it down, and what can be done in it. */
import type { ReactNode } from 'react'

export function PaneHead({
  title,
  children,
  actions,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}) {
  return (
    <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-3 py-1.5">
      <h1 className="mr-2">{title}</h1>
      {children}
      <div className="flex-1" />
      {actions}
    </header>
  )
}
