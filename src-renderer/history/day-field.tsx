/** A day to be chosen; half-typed ones are not told. */

export function DayField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  /** `2026-07-14`; empty: none. */
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  return (
    <input
      type="date"
      aria-label={label}
      title={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      className="h-7 rounded-md border border-line-strong bg-surface px-1.5 text-ink"
    />
  )
}
