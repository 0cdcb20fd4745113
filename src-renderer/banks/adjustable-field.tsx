/** A labelled field that says where its value comes from and leads back to what the bank's folder has. */
import { type ReactNode, useId } from 'react'
import { Badge } from '../ui/badge.tsx'
import { type Origin, originWords } from './banks-words.ts'

export interface FieldAttributes {
  readonly id: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string
}

export function AdjustableField({
  field,
  label,
  of,
  origin = null,
  problem,
  onUndo,
  children,
}: {
  /** As the engine names it in a refusal; others lead here by it. */
  readonly field: string
  readonly label: string
  /** What the field belongs to, where the label alone would name several; read, not shown. */
  readonly of?: string
  readonly origin?: Origin | null
  readonly problem: string | null
  /** null where nothing was set. */
  readonly onUndo: (() => void) | null
  readonly children: (attributes: FieldAttributes) => ReactNode
}) {
  const id = useId()
  const full = of === undefined ? label : `${label} of ${of}`
  const [tone, word] = originWords[origin ?? 'document']
  return (
    <div data-field={field} className="flex min-w-0 flex-col gap-1">
      <div className="flex h-6 min-w-0 items-center gap-2">
        <label htmlFor={id} className="min-w-0 truncate text-sm" title={full}>
          {label}
          {of !== undefined && <span className="sr-only"> of {of}</span>}
        </label>
        {origin !== null && <Badge tone={tone}>{word}</Badge>}
        {onUndo !== null && (
          <button
            type="button"
            aria-label={`Undo: ${full}`}
            title="As in the bank’s document"
            onClick={() => {
              onUndo()
              document.getElementById(id)?.focus()
            }}
            className="h-6 shrink-0 rounded-sm px-1 text-sm text-accent underline underline-offset-2 hover:bg-raised"
          >
            Undo
          </button>
        )}
      </div>
      {children({ id, 'aria-invalid': problem !== null, 'aria-describedby': `${id}-problem` })}
      <div id={`${id}-problem`} className="contents">
        {problem !== null && (
          <div role="alert" className="text-sm wrap-anywhere text-bad">
            {problem}
          </div>
        )}
      </div>
    </div>
  )
}
