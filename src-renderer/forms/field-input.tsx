/** One value of a document as a labelled input: text, date, number, choice, yes or no. */
import { type Ref, useId } from 'react'
import { inputClass } from '../ui/field.tsx'
import { Prose } from '../ui/prose.tsx'
import { WireName } from '../ui/wire-name.tsx'
import { anotherValue, anotherValueWords, useAnotherValue } from './another-value.ts'
import { type Field, wireNameOf } from './form-fields.ts'
import { FromTheList } from './from-the-list.tsx'
import type { Json } from './json-value.ts'

export interface FieldProblem {
  readonly tone: 'bad' | 'caution'
  readonly text: string
}

/** Typed text as the value it means; what is no number stays text, so that nothing typed is lost. */
function numberOf(text: string, whole: boolean): Json {
  const value = Number(text)
  const plain = text.trim() !== '' && Number.isFinite(value) && String(value) === text.trim()
  return plain && (!whole || Number.isInteger(value)) ? value : text
}

const shownOf = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

interface Input {
  readonly id: string
  readonly field: Field
  readonly value: Json | undefined
  readonly invalid: boolean
  readonly describedBy: string
  readonly onChange: (value: Json | undefined) => void
}

function Choice({
  id,
  field,
  value,
  invalid,
  describedBy,
  onChange,
  onAnother,
  ref,
}: Input & { readonly onAnother: () => void; readonly ref: Ref<HTMLSelectElement> | undefined }) {
  const yesNo = field.kind === 'boolean'
  const values = yesNo ? ['true', 'false'] : field.values
  const shown = shownOf(value)
  // What stands there already is never lost, whatever the schema offers.
  const options = shown === '' || values.includes(shown) ? values : [...values, shown]
  const mean = (text: string): Json => (yesNo && values.includes(text) ? text === 'true' : text)
  return (
    <select
      ref={ref}
      id={id}
      value={shown}
      aria-invalid={invalid}
      aria-required={field.required}
      aria-describedby={describedBy}
      onChange={({ target }) => {
        if (target.value === anotherValue) onAnother()
        else onChange(target.value === '' ? undefined : mean(target.value))
      }}
      className={`${inputClass} ${invalid ? 'border-bad' : ''}`}
    >
      <option value="">{field.required ? 'Choose …' : 'Not sent'}</option>
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
      {!yesNo && <option value={anotherValue}>{anotherValueWords}</option>}
    </select>
  )
}

function Typed({
  id,
  field,
  value,
  invalid,
  describedBy,
  onChange,
  ref,
}: Input & { readonly ref: Ref<HTMLInputElement> | undefined }) {
  const { kind, whole, required } = field
  return (
    <input
      ref={ref}
      id={id}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' ? (whole ? 'numeric' : 'decimal') : undefined}
      value={shownOf(value)}
      aria-invalid={invalid}
      aria-required={required}
      aria-describedby={describedBy}
      autoComplete="off"
      spellCheck={false}
      onChange={({ target }) =>
        onChange(target.value === '' ? undefined : kind === 'number' ? numberOf(target.value, whole) : target.value)
      }
      className={`${inputClass} ${invalid ? 'border-bad' : ''}`}
    />
  )
}

export function FieldInput({
  field,
  value,
  hints,
  problems,
  onChange,
}: {
  readonly field: Field
  readonly value: Json | undefined
  readonly hints: readonly string[]
  readonly problems: readonly FieldProblem[]
  readonly onChange: (value: Json | undefined) => void
}) {
  const id = useId()
  const invalid = problems.some(({ tone }) => tone === 'bad')
  const input = { id, field, value, invalid, describedBy: `${id}-wire ${id}-more`, onChange }
  const another = useAnotherValue()
  const chosen = (field.kind === 'choice' && !another.typing) || field.kind === 'boolean'
  return (
    <div className="row-span-3 grid min-w-0 grid-rows-subgrid gap-y-1">
      <div className="flex flex-wrap items-baseline gap-x-3 self-end">
        <label htmlFor={id} className="text-sm" title={field.place.slice(1)}>
          {field.label}
          {!field.required && !field.alternative && <span className="text-muted"> (optional)</span>}
        </label>
        <WireName id={`${id}-wire`}>{wireNameOf(field)}</WireName>
      </div>
      {chosen ? (
        <Choice {...input} onAnother={another.type} ref={another.choiceRef} />
      ) : (
        <Typed {...input} ref={another.textRef} />
      )}
      <div id={`${id}-more`} className="flex flex-col gap-0.5 text-sm wrap-anywhere">
        {another.typing && <FromTheList name={field.label} onClick={another.choose} />}
        {problems.map(({ tone, text }) => (
          <p key={text} role="alert" className={tone === 'bad' ? 'text-bad' : 'text-caution'}>
            {text}
          </p>
        ))}
        {hints.length > 0 && (
          <div className="text-muted">
            <Prose text={hints.join(' ')} />
          </div>
        )}
      </div>
    </div>
  )
}
