/** A labelled field of several lines, for wire data and PEM text. */
import { type ReactNode, type TextareaHTMLAttributes, useId } from 'react'

export function TextAreaField({
  label,
  hint,
  problem = null,
  className = '',
  ...rest
}: {
  readonly label: string
  readonly hint?: ReactNode
  readonly problem?: string | null
} & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <textarea
        id={id}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-more`}
        autoComplete="off"
        spellCheck={false}
        {...rest}
        className={`min-w-0 resize-y rounded-md border border-line-strong bg-surface px-2 py-1 font-mono text-sm text-ink placeholder:text-muted ${className}`}
      />
      <div id={`${id}-more`} className="contents text-sm">
        {hint !== undefined && <div className="text-muted">{hint}</div>}
        {problem !== null && (
          <div role="alert" className="text-bad">
            {problem}
          </div>
        )}
      </div>
    </div>
  )
}
