/** Labelled inputs: the label stands above, the problem below in words. */
import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react'
import { WireName } from './wire-name.tsx'

export const inputClass =
  'h-7 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-ink placeholder:text-muted disabled:opacity-50'

interface Common {
  readonly label: string
  /** Said behind the label in another tone. */
  readonly optional?: boolean
  /** What it is called on the wire. */
  readonly wire?: string | undefined
  readonly hint?: ReactNode
  readonly problem?: string | null
}

function Frame({ id, label, optional, wire, hint, problem, children }: Common & { id: string; children: ReactNode }) {
  // Labels of different length beside each other: the fields below them stay in one line.
  const frame = wire === undefined ? 'flex flex-col' : 'row-span-3 grid grid-rows-subgrid'
  return (
    <div className={`min-w-0 gap-y-1 ${frame}`}>
      <div className={`flex flex-wrap items-baseline gap-x-3 ${wire === undefined ? '' : 'self-end'}`}>
        <label htmlFor={id} className="text-sm">
          {label}
          {optional === true && <span className="text-muted"> (optional)</span>}
        </label>
        {wire !== undefined && <WireName id={`${id}-wire`}>{wire}</WireName>}
      </div>
      {children}
      {(hint !== undefined || problem != null) && (
        <div className="flex flex-col gap-1 text-sm">
          {hint !== undefined && <div className="text-muted">{hint}</div>}
          {problem != null && (
            <div role="alert" className="text-bad">
              {problem}
            </div>
          )}
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
  optional = false,
  wire,
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
    <Frame id={id} label={label} optional={optional} wire={wire} hint={hint} problem={problem ?? null}>
      <input
        id={id}
        aria-invalid={problem != null}
        aria-describedby={wire === undefined ? undefined : `${id}-wire`}
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
  optional = false,
  wire,
  hint,
  problem,
  className = '',
  children,
  ...rest
}: Common & SelectHTMLAttributes<HTMLSelectElement> & { readonly ref?: Ref<HTMLSelectElement> | undefined }) {
  const id = useId()
  return (
    <Frame id={id} label={label} optional={optional} wire={wire} hint={hint} problem={problem ?? null}>
      <select
        id={id}
        aria-describedby={wire === undefined ? undefined : `${id}-wire`}
        {...rest}
        className={`${inputClass} ${className}`}
      >
        {children}
      </select>
    </Frame>
  )
}
