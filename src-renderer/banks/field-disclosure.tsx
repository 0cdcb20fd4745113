/** One row of a long list of fields: what it is about in one line, its fields once it is opened. */
import { type ReactNode, useEffect, useState } from 'react'
import { Badge } from '../ui/badge.tsx'
import { useSoughtField } from './banks-view.ts'

export function FieldDisclosure({
  field,
  name,
  about,
  yours,
  assumed,
  wrong,
  children,
}: {
  /** As the engine names it; it opens by itself for who is led to it or to a field in it. */
  readonly field: string
  readonly name: ReactNode
  readonly about: string
  readonly yours: boolean
  readonly assumed: boolean
  /** A field in it was refused. */
  readonly wrong: boolean
  readonly children: () => ReactNode
}) {
  const [open, setOpen] = useState(false)
  const sought = useSoughtField()
  const wanted = !sought.shown && (sought.field === field || sought.field?.startsWith(`${field}.`) === true)
  useEffect(() => {
    if (wrong || wanted) setOpen(true)
  }, [wrong, wanted])
  return (
    <li data-field={field} className="border-b border-line last:border-b-0">
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="flex h-7 items-center gap-2 px-2 -outline-offset-2 hover:bg-raised">
          <span aria-hidden="true" className="w-3 shrink-0 text-xs text-muted in-[details[open]]:rotate-90">
            ▸
          </span>
          <span className="max-w-3/5 shrink-0 truncate font-mono text-sm">{name}</span>
          <span className="min-w-0 flex-1 truncate text-muted">{about}</span>
          {wrong && <Badge tone="bad">not valid</Badge>}
          {assumed && <Badge tone="caution">assumed</Badge>}
          {yours && <Badge tone="accent">yours</Badge>}
        </summary>
        {/* Closed rows have no fields in the page: a bank can have hundreds. */}
        {open && <div className="flex flex-col gap-2 px-7 pt-1 pb-3">{children()}</div>}
      </details>
    </li>
  )
}
