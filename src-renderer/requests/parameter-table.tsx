/** Parameters as rows: name, value, where the value comes from, and what the bank's document says of it. */
import type { ParameterView } from '#shared/contract/banks.ts'
import { Prose } from '../ui/prose.tsx'
import { ParameterInput, problemOf } from './parameter-input.tsx'

function limits({ type, pattern, minimum, maximum, enum: values }: ParameterView): string {
  const parts = [
    type,
    ...(values.length > 0 ? [`one of ${values.join(', ')}`] : []),
    ...(minimum === null ? [] : [`at least ${minimum}`]),
    ...(maximum === null ? [] : [`at most ${maximum}`]),
    ...(pattern === null ? [] : [`matches ${pattern}`]),
  ]
  return parts.join(' · ')
}

function Origin({ parameter, value }: { readonly parameter: ParameterView; readonly value: string }) {
  if (value !== '') {
    const problem = problemOf(parameter, value)
    return problem === null ? <span>yours</span> : <span className="text-bad">{problem}</span>
  }
  if (parameter.computed !== null) return <span title={parameter.computed}>computed</span>
  return parameter.required ? (
    <span className="text-caution">needed</span>
  ) : (
    <span className="text-muted">not sent</span>
  )
}

export function ParameterTable({
  label,
  parameters,
  values,
  onChange,
}: {
  readonly label: string
  readonly parameters: readonly ParameterView[]
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (name: string, value: string) => void
}) {
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse">
      <thead>
        <tr className="h-7 border-b border-line text-left text-sm text-muted">
          <th scope="col" className="w-40 px-3 font-normal max-xl:w-36">
            Name
          </th>
          <th scope="col" className="w-64 px-1 font-normal max-xl:w-44">
            Value
          </th>
          <th scope="col" className="w-24 px-2 max-xl:w-20 font-normal">
            From
          </th>
          <th scope="col" className="px-2 font-normal">
            Documentation
          </th>
        </tr>
      </thead>
      <tbody>
        {parameters.map((parameter) => {
          const { name, in: place, required, description } = parameter
          const value = values[name] ?? ''
          return (
            <tr key={`${place} ${name}`} className="border-b border-line align-top">
              <th scope="row" className="px-3 py-1.5 text-left font-normal">
                <span className="font-mono text-sm wrap-anywhere">{name}</span>
                <span className="block text-xs text-muted">
                  {place}
                  {required ? ' · required' : ''}
                </span>
              </th>
              <td className="px-1 py-1">
                <ParameterInput parameter={parameter} value={value} onChange={(next) => onChange(name, next)} />
              </td>
              <td className="px-2 py-1.5 text-sm">
                <Origin parameter={parameter} value={value} />
              </td>
              <td className="px-2 py-1.5 text-sm wrap-anywhere text-muted">
                <Prose text={description} />
                <p className="font-mono text-xs">{limits(parameter)}</p>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
