/** Parameters as rows: required first, then what has a value; where there are many, the rest is folded and a filter finds one. */
import { useState } from 'react'
import type { OperationDetail, ParameterView } from '#shared/contract/banks.ts'
import { inputClass } from '../ui/field.tsx'
import { wordsOf } from '../ui/matching-parts.ts'
import { fewAtMost, filterParameters, groupParameters } from './group-parameters.ts'
import { ParameterRow } from './parameter-row.tsx'
import { sameHeader } from './same-header.ts'

export interface ParameterTableProps {
  readonly label: string
  /** What one is called, in the plural: `headers`. */
  readonly noun: string
  readonly detail: Pick<OperationDetail, 'signed' | 'assumptions'>
  readonly parameters: readonly ParameterView[]
  readonly values: Readonly<Record<string, string>>
  /** What the engine's check says, by name. */
  readonly problems: Readonly<Record<string, string>>
  /** Names of headers that are not sent whatever their value. */
  readonly leftOut?: readonly string[]
  readonly onChange: (name: string, value: string) => void
}

/** The groups a person met when they came: typing in a row does not move it away under their fingers. */
function useGroups({ parameters, values }: ParameterTableProps) {
  const names = parameters.map(({ name }) => name).join('\n')
  const [made, setMade] = useState({ names, groups: groupParameters(parameters, values) })
  if (made.names === names) {
    // The rows' own data may have come anew meanwhile; their places stay.
    const now = new Map(parameters.map((parameter) => [parameter.name, parameter]))
    const fresh = (list: readonly ParameterView[]) => list.flatMap(({ name }) => now.get(name) ?? [])
    return { first: fresh(made.groups.first), rest: fresh(made.groups.rest) }
  }
  const groups = groupParameters(parameters, values)
  setMade({ names, groups })
  return groups
}

function Filter({
  noun,
  filter,
  onFilter,
  found,
  all,
}: {
  readonly noun: string
  readonly filter: string
  readonly onFilter: (filter: string) => void
  readonly found: number
  readonly all: number
}) {
  return (
    <div className="flex h-9 items-center gap-3 border-b border-line px-3">
      <input
        type="search"
        aria-label={`Filter ${noun}`}
        placeholder={`Filter ${noun}`}
        autoComplete="off"
        spellCheck={false}
        value={filter}
        onChange={(event) => onFilter(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || filter === '') return
          event.preventDefault()
          onFilter('')
        }}
        className={`${inputClass} max-w-64`}
      />
      <span role="status" className="text-sm text-muted">
        {filter === '' ? '' : found === 0 ? `No ${noun} have these words.` : `${found} of ${all}`}
      </span>
    </div>
  )
}

function Head() {
  return (
    <thead>
      <tr className="h-7 border-b border-line text-left text-sm text-muted">
        <th scope="col" className="w-44 px-3 font-normal max-xl:w-36">
          Name
        </th>
        <th scope="col" className="w-64 px-1 font-normal max-xl:w-44">
          Value
        </th>
        <th scope="col" className="w-40 px-2 font-normal max-xl:w-24">
          From
        </th>
        <th scope="col" className="px-2 font-normal">
          Documentation
        </th>
      </tr>
    </thead>
  )
}

function FoldRow({
  noun,
  count,
  open,
  onToggle,
}: {
  readonly noun: string
  readonly count: number
  readonly open: boolean
  readonly onToggle: () => void
}) {
  return (
    <tr className="border-b border-line">
      <td colSpan={4}>
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex h-8 w-full items-center gap-1 px-3 text-left -outline-offset-2 hover:bg-raised"
        >
          <span aria-hidden="true" className="w-3 text-xs text-muted">
            {open ? '▾' : '▸'}
          </span>
          {count} optional {noun}
        </button>
      </td>
    </tr>
  )
}

export function ParameterTable(props: ParameterTableProps) {
  const { label, noun, detail, parameters, values, problems, leftOut = [], onChange } = props
  const { first, rest } = useGroups(props)
  const [filter, setFilter] = useState('')
  const [unfolded, setUnfolded] = useState(false)
  const words = wordsOf(filter)
  const found = filterParameters([...first, ...rest], words)
  const row = (parameter: ParameterView) => (
    <ParameterRow
      key={`${parameter.in} ${parameter.name}`}
      parameter={parameter}
      detail={detail}
      value={values[parameter.name] ?? ''}
      problem={problems[parameter.name] ?? null}
      leftOut={leftOut.some((name) => sameHeader(name, parameter.wireName))}
      words={words}
      onChange={(next) => onChange(parameter.name, next)}
    />
  )
  return (
    <>
      {parameters.length > fewAtMost && (
        <Filter noun={noun} filter={filter} onFilter={setFilter} found={found.length} all={parameters.length} />
      )}
      <table aria-label={label} className="w-full table-fixed border-collapse">
        <Head />
        <tbody>
          {(words.length > 0 ? found : first).map(row)}
          {rest.length > 0 && words.length === 0 && (
            <FoldRow noun={noun} count={rest.length} open={unfolded} onToggle={() => setUnfolded(!unfolded)} />
          )}
          {unfolded && words.length === 0 && rest.map(row)}
        </tbody>
      </table>
    </>
  )
}
