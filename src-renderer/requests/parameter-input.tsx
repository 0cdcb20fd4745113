/** The field a parameter's value is typed into or picked from; any value can be typed, also one the schema does not know. */
import type { ParameterView } from '#shared/contract/banks.ts'
import { useCustomerSuggestions } from '../customer-suggestions.ts'
import { Combobox } from '../ui/combobox.tsx'
import { inputClass } from '../ui/field.tsx'

const choicesOf = ({ enum: values, type }: ParameterView): readonly string[] =>
  values.length > 0 ? values : type.startsWith('boolean') ? ['true', 'false'] : []

/** What stands in the empty field: what happens, or what it could look like. */
function placeholder({ computed, example, value, required }: ParameterView): string {
  if (value !== null) return value
  if (computed !== null) return 'computed'
  if (example !== null) return `for example ${example}`
  return required ? 'needed' : ''
}

export function ParameterInput({
  parameter,
  value,
  onChange,
  invalid,
  describedBy,
}: {
  readonly parameter: ParameterView
  readonly value: string
  readonly onChange: (value: string) => void
  readonly invalid: boolean
  /** Id of the sentence that says what is wrong. */
  readonly describedBy: string | undefined
}) {
  const customers = useCustomerSuggestions(parameter.name)
  const declared = choicesOf(parameter)
  const choices = declared.length > 0 ? declared : customers.map(({ value: known }) => known)
  const common = { value, placeholder: placeholder(parameter) }
  if (choices.length > 0)
    return (
      <Combobox
        {...common}
        label={parameter.name}
        options={choices}
        words={Object.fromEntries(customers.map(({ value: known, label }) => [known, label]))}
        onChange={onChange}
        required={parameter.required}
        invalid={invalid}
        describedBy={describedBy}
      />
    )
  return (
    <input
      {...common}
      aria-label={parameter.name}
      aria-required={parameter.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      className={`${inputClass} font-mono text-sm ${invalid ? 'border-bad' : ''}`}
    />
  )
}
