/** Labelled inputs: the label stands above, the problem below in words. */
import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react'

export const inputClass =
  'h-7 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-ink placeholder:text-muted disabled:opacity-50'

interface Common {
  readonly label: string
  readonly hint?: ReactNode
  readonly problem?: string | null
}

function Frame({ id, label, hint, problem, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      {children}
      {hint !== undefined && <div className="text-sm text-muted">{hint}</div>}
      {problem != null && (
        <div role="alert" className="text-sm text-bad">
          {problem}
        </div>
      )}
    </div>
  )
}

/** A value that is offered while something is typed. */
export interface Suggestion {
  readonly value: string
  /** Whose or what it is. */
  readonly label: string
}

export function TextField({
  label,
  hint,
  problem,
  className = '',
  suggestions = [],
  ...rest
}: Common &
  InputHTMLAttributes<HTMLInputElement> & {
    readonly ref?: Ref<HTMLInputElement> | undefined
    readonly suggestions?: readonly Suggestion[]
  }) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} problem={problem ?? null}>
      <input
        id={id}
        aria-invalid={problem != null}
        autoComplete="off"
        spellCheck={false}
        list={suggestions.length === 0 ? undefined : `${id}-offered`}
        {...rest}
        placeholder={rest.placeholder || (suggestions[0] && `for example ${suggestions[0].value}`)}
        className={`${inputClass} ${className}`}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}-offered`}>
          {suggestions.map(({ value, label: whose }) => (
            <option key={value} value={value}>
              {whose}
            </option>
          ))}
        </datalist>
      )}
    </Frame>
  )
}

export function SelectField({
  label,
  hint,
  problem,
  className = '',
  children,
  ...rest
}: Common & SelectHTMLAttributes<HTMLSelectElement> & { readonly ref?: Ref<HTMLSelectElement> | undefined }) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} problem={problem ?? null}>
      <select id={id} {...rest} className={`${inputClass} ${className}`}>
        {children}
      </select>
    </Frame>
  )
}
