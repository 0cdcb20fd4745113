/** A link to a page of somebody else, in a new tab, looking like a button. */
import type { ReactNode } from 'react'

export function PageLink({
  href,
  primary = false,
  children,
}: {
  readonly href: string
  readonly primary?: boolean
  readonly children: ReactNode
}) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className={`inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2.5 whitespace-nowrap ${primary ? 'border-transparent bg-accent text-accent-ink hover:opacity-90' : 'border-line bg-surface text-ink hover:bg-raised'}`}
    >
      {children}
      <span aria-hidden="true">↗</span>
      <span className="sr-only">(new tab)</span>
    </a>
  )
}
