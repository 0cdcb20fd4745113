/** The field a parameter's value is typed into or chosen from, by what its schema allows. */
import type { ParameterView } from '#shared/contract/banks.ts'
import { inputClass } from '../ui/field.tsx'

const choicesOf = ({ enum: values, type }: ParameterView): readonly string[] =>
  values.length > 0 ? values : type.startsWith('boolean') ? ['true', 'false'] : []

/** What stands in the empty field: what happens, or what it could look like. */
function placeholder({ computed, example, required }: ParameterView): string {
  if (computed !== null) return 'computed'
  if (example !== null) return `for example ${example}`
  return required ? 'needed' : ''
}

/** Why a value does not fit, before the engine says it; only what is certain. */
export function problemOf({ required, computed, pattern, enum: values }: ParameterView, value: string): string | null {
  if (value === '') return required && computed === null ? 'needed' : null
  if (values.length > 0 && !values.includes(value)) return 'not one of the allowed values'
  if (pattern === null) return null
  try {
    return new RegExp(pattern, 'u').test(value) ? null : 'does not match the pattern'
  } catch {
    return null
  }
}

export function ParameterInput({
  parameter,
  value,
  onChange,
}: {
  readonly parameter: ParameterView
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const choices = choicesOf(parameter)
  const wrong = value !== '' && problemOf(parameter, value) !== null
  if (choices.length > 0)
    return (
      <select
        aria-label={parameter.name}
        aria-invalid={wrong}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputClass} font-mono text-sm`}
      >
        <option value="">{parameter.computed === null ? '' : 'computed'}</option>
        {[...choices, ...(value === '' || choices.includes(value) ? [] : [value])].map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    )
  return (
    <input
      aria-label={parameter.name}
      aria-required={parameter.required}
      aria-invalid={wrong}
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder(parameter)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`${inputClass} font-mono text-sm ${wrong ? 'border-bad' : ''}`}
    />
  )
}
