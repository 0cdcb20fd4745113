/** Things a person does elsewhere, to be ticked off. */

export function Checklist({
  label,
  items,
  done,
  onChange,
}: {
  readonly label: string
  readonly items: readonly string[]
  readonly done: readonly number[]
  readonly onChange: (done: readonly number[]) => void
}) {
  return (
    <ol aria-label={label} className="flex flex-col gap-1">
      {items.map((item, index) => {
        const ticked = done.includes(index)
        return (
          <li key={item}>
            <label className="flex items-start gap-2 rounded-sm py-0.5 hover:bg-raised">
              <input
                type="checkbox"
                checked={ticked}
                onChange={() => onChange(ticked ? done.filter((each) => each !== index) : [...done, index])}
                className="mt-1 shrink-0 accent-accent"
              />
              <span className={ticked ? 'text-muted' : ''}>{item}</span>
            </label>
          </li>
        )
      })}
    </ol>
  )
}
