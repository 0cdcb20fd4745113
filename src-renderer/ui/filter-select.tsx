/** One filter of a list: everything, or one of the values that occur. */
const chosenClass = 'border-accent bg-accent-soft text-accent'

export function FilterSelect({
  label,
  all,
  value,
  options,
  onChange,
}: {
  readonly label: string
  /** What the empty choice is called, for example `All areas`. */
  readonly all: string
  readonly value: string
  readonly options: readonly (readonly [value: string, name: string])[]
  readonly onChange: (value: string) => void
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`h-7 max-w-36 min-w-0 rounded-md border px-1.5 ${value === '' ? 'border-line-strong bg-surface text-ink' : chosenClass}`}
    >
      <option value="">{all}</option>
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
