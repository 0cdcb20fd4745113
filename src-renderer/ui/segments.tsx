/** A few ways to look at the same thing, side by side: one is always chosen, and nothing leaves the window by choosing another. */

interface Shown<Value extends string | number> {
  /** What is chosen, for a screen reader. */
  readonly label: string
  readonly options: readonly { readonly value: Value; readonly name: string }[]
  readonly value: Value
  readonly onChoose: (value: Value) => void
}

export function Segments<Value extends string | number>({ label, options, value, onChoose }: Shown<Value>) {
  return (
    <fieldset className="flex shrink-0">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
          className={`h-6 border border-r-0 border-line px-2 text-sm first-of-type:rounded-l-md last-of-type:rounded-r-md last-of-type:border-r ${option.value === value ? 'bg-raised text-ink' : 'text-muted hover:text-ink'}`}
        >
          {option.name}
        </button>
      ))}
    </fieldset>
  )
}
