/** What a field is called on the wire, at the end of the line its label begins. */
import type { ReactNode } from 'react'

export function WireName({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <span id={id} className="ml-auto min-w-0 shrink-0 truncate font-mono text-xs text-muted">
      {children}
    </span>
  )
}
