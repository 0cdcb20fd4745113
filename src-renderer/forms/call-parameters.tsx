/** Path, query and header values of a call as form fields: what is needed in sight, the others folded away. */
import type { ParameterView } from '#shared/contract/banks.ts'
import { useCustomerSuggestions } from '../customer-suggestions.ts'
import { isFilledWhenEmpty, problemOf } from '../requests/parameter-problem.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { Prose } from '../ui/prose.tsx'
import { anotherValue, anotherValueWords, useAnotherValue } from './another-value.ts'
import { FromTheList } from './from-the-list.tsx'
import { parameterWords } from './parameter-words.ts'

interface Shown {
  readonly parameters: readonly ParameterView[]
  /** Effective ones: typed, or the default. */
  readonly values: Readonly<Record<string, string>>
  /** By name; the values a product offers. */
  readonly choices: Readonly<Record<string, readonly string[]>>
  readonly problems: Readonly<Record<string, string>>
  readonly told: boolean
  readonly onChange: (name: string, value: string) => void
}

const optionsOf = ({ enum: values, type, name }: ParameterView, choices: Shown['choices']): readonly string[] =>
  choices[name] ?? (values.length > 0 ? values : type.startsWith('boolean') ? ['true', 'false'] : [])

function One({
  parameter,
  values,
  choices,
  problems,
  told,
  onChange,
}: Omit<Shown, 'parameters'> & { parameter: ParameterView }) {
  const { name, required, description, computed } = parameter
  const value = values[name] ?? ''
  const options = optionsOf(parameter, choices)
  const said =
    value === '' ? (told ? (problems[name] ?? null) : null) : (problemOf(parameter, value) ?? problems[name] ?? null)
  const common = {
    ...parameterWords(parameter),
    optional: !required,
    hint: description === '' ? undefined : <Prose text={description} />,
    problem: said,
  }
  const another = useAnotherValue()
  const suggestions = useCustomerSuggestions(name)
  if (options.length > 0 && !another.typing)
    return (
      <SelectField
        {...common}
        ref={another.choiceRef}
        value={value}
        onChange={({ target }) => {
          if (target.value === anotherValue) another.type()
          else onChange(name, target.value)
        }}
      >
        {(!required || value === '') && <option value="">{required ? 'Choose …' : 'Not sent'}</option>}
        {value !== '' && !options.includes(value) && <option>{value}</option>}
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
        <option value={anotherValue}>{anotherValueWords}</option>
      </SelectField>
    )
  return (
    <TextField
      {...common}
      {...(another.typing && {
        hint: (
          <>
            <Prose text={description} /> <FromTheList name={name} onClick={another.choose} />
          </>
        ),
      })}
      ref={another.textRef}
      suggestions={suggestions}
      value={value}
      className="font-mono"
      placeholder={parameter.value ?? (computed === null ? '' : 'computed')}
      onChange={({ target }) => onChange(name, target.value)}
    />
  )
}

/** What a person is asked for: the product, what the bank needs and nothing fills in, and what the view wants in sight. */
export function frontParameters(
  parameters: readonly ParameterView[],
  front: readonly string[],
): { readonly first: readonly ParameterView[]; readonly more: readonly ParameterView[] } {
  const wanted = new Set(front.map((name) => name.toLowerCase()))
  const isFirst = (each: ParameterView) =>
    each.in === 'path' || wanted.has(each.name.toLowerCase()) || (each.required && !isFilledWhenEmpty(each))
  return { first: parameters.filter(isFirst), more: parameters.filter((each) => !isFirst(each)) }
}

export function CallParameters({ parameters, front, ...rest }: Shown & { readonly front: readonly string[] }) {
  const { first, more } = frontParameters(parameters, front)
  const set = more.filter(({ name }) => (rest.values[name] ?? '') !== '')
  return (
    <>
      {first.length > 0 && (
        <div className="grid gap-x-4 gap-y-3 @lg:grid-cols-2">
          {first.map((parameter) => (
            <One key={`${parameter.in} ${parameter.name}`} parameter={parameter} {...rest} />
          ))}
        </div>
      )}
      {more.length > 0 && (
        <details className="rounded-md border border-line px-3 py-2">
          <summary>
            More of the call{' '}
            <span className="text-muted">
              ({more.length === 1 ? '1 header' : `${more.length} headers`}
              {set.length > 0 && `, ${set.length} set`})
            </span>
          </summary>
          <div className="grid gap-x-4 gap-y-3 pt-3 @lg:grid-cols-2">
            {more.map((parameter) => (
              <One key={`${parameter.in} ${parameter.name}`} parameter={parameter} {...rest} />
            ))}
          </div>
        </details>
      )}
    </>
  )
}
