/** One parameter: its name and type, its value with what is wrong with it, where the value is from, what the document says. */
import { useId } from 'react'
import type { OperationDetail, ParameterView } from '#shared/contract/banks.ts'
import { Marked } from '../ui/marked.tsx'
import { AssumptionBadge } from './assumption-badge.tsx'
import { ParameterDocumentation } from './parameter-documentation.tsx'
import { ParameterInput } from './parameter-input.tsx'
import { type Origin, originOf } from './parameter-origin.ts'
import { isMissing, problemOf } from './parameter-problem.ts'

const originWords: Record<Origin, readonly [words: string, tone: string]> = {
  yours: ['yours', 'text-accent'],
  computed: ['computed', ''],
  signing: ['by signing', ''],
  environment: ['environment', ''],
  needed: ['needed', 'text-caution'],
  'not sent': ['not sent', 'text-muted'],
  'left out': ['left out', 'text-caution'],
}

function OriginWord({ origin, computed }: { readonly origin: Origin; readonly computed: string | null }) {
  const [words, tone] = originWords[origin]
  const title = origin === 'computed' || origin === 'signing' ? (computed ?? undefined) : undefined
  return (
    <span className={tone} title={title}>
      {words}
    </span>
  )
}

function Name({ parameter, words }: { readonly parameter: ParameterView; readonly words: readonly string[] }) {
  const { name, wireName, required, type } = parameter
  return (
    <>
      <span className={`block font-mono text-sm wrap-anywhere ${required ? 'font-semibold' : ''}`}>
        <Marked text={name} words={words} />
      </span>
      <span className="block text-xs wrap-anywhere text-muted">
        {type}
        {required && <span className="text-ink"> · required</span>}
      </span>
      {wireName !== name && (
        <span className="block text-xs wrap-anywhere text-accent">
          sent as <span className="font-mono">{wireName}</span>
        </span>
      )}
    </>
  )
}

export function ParameterRow({
  parameter,
  detail,
  value,
  problem,
  leftOut,
  words,
  onChange,
}: {
  readonly parameter: ParameterView
  readonly detail: Pick<OperationDetail, 'signed' | 'assumptions'>
  readonly value: string
  /** What the engine's check says of it; null while it says nothing. */
  readonly problem: string | null
  /** Not sent whatever its value. */
  readonly leftOut: boolean
  /** Of the filter, to be marked. */
  readonly words: readonly string[]
  readonly onChange: (value: string) => void
}) {
  const id = useId()
  // What is only missing is said in the origin; an empty field a person has not come to yet is no mistake.
  const wrong = value === '' ? null : (problemOf(parameter, value) ?? problem)
  const assumption = detail.assumptions.find((each) => each.id === parameter.assumption)
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="px-3 py-1.5 text-left font-normal">
        <Name parameter={parameter} words={words} />
      </th>
      <td className="px-1 py-1">
        <ParameterInput
          parameter={parameter}
          value={value}
          onChange={onChange}
          invalid={wrong !== null || (isMissing(parameter, value) && problem !== null)}
          describedBy={wrong === null ? undefined : id}
        />
        {wrong !== null && (
          <p id={id} className="px-1 text-sm wrap-anywhere text-bad">
            {wrong}
          </p>
        )}
      </td>
      <td className="px-2 py-1.5 text-sm">
        <span className="flex flex-wrap items-start gap-x-2 gap-y-0.5">
          <OriginWord
            origin={leftOut ? 'left out' : originOf(detail, parameter, value)}
            computed={parameter.computed}
          />
          {assumption !== undefined && <AssumptionBadge assumption={assumption} />}
        </span>
      </td>
      <td className="px-2 py-1.5 text-sm wrap-anywhere text-muted">
        <ParameterDocumentation parameter={parameter} empty={value === ''} onUseExample={onChange} />
      </td>
    </tr>
  )
}
