/** Two exchanges in two columns; what differs is marked by sign and colour. */
import type { KeptExchange } from '#shared/contract/history.ts'
import { duration } from '../exchange/measures.ts'
import { phases, spanOf, TimingBar } from '../exchange/timing-bars.tsx'
import { HttpStatus } from '../ui/http-status.tsx'
import { localMoment } from '../ui/local-time.ts'
import type { ComparedField } from './compare-fields.ts'
import type { ComparedSection } from './compare-sections.ts'

/** Characters of a value that are shown. */
const longest = 4000

function Value({ text }: { readonly text: string | null }) {
  if (text === null) return <span className="text-muted">none</span>
  return (
    <>
      {text.slice(0, longest)}
      {text.length > longest && <span className="text-muted"> … {text.length.toLocaleString('en')} characters</span>}
    </>
  )
}

const cell = 'py-1 pr-3 align-top wrap-anywhere whitespace-pre-wrap'
const name = 'py-1 pr-2 pl-3 text-left align-top font-normal wrap-anywhere text-muted'

function FieldRow({ field }: { readonly field: ComparedField }) {
  const { differs } = field
  return (
    <tr className={`border-t border-line ${differs ? 'bg-caution-soft' : ''}`}>
      <th scope="row" className={name}>
        {differs && (
          <>
            <span aria-hidden="true" className="font-semibold text-caution">
              ≠{' '}
            </span>
            <span className="sr-only">differs: </span>
          </>
        )}
        {field.name === '' ? 'whole body' : field.name}
      </th>
      <td className={`${cell} font-mono text-sm`}>
        <Value text={field.a} />
      </td>
      <td className={`${cell} font-mono text-sm`}>
        {differs || field.a === null ? <Value text={field.b} /> : <Value text={field.a} />}
      </td>
    </tr>
  )
}

function SectionHead({ title, note }: { readonly title: string; readonly note: string | null }) {
  return (
    <tr className="border-t border-line">
      <th scope="rowgroup" colSpan={3} className="bg-raised px-3 py-1 text-left font-semibold">
        {title} {note !== null && <span className="font-normal text-muted">{note}</span>}
      </th>
    </tr>
  )
}

function Timing({ a, b }: { readonly a: KeptExchange; readonly b: KeptExchange }) {
  // One scale for both, so that the longer bar is the longer time.
  const span = Math.max(spanOf(a.timings), spanOf(b.timings))
  return (
    <tbody>
      <SectionHead title="Timing" note={null} />
      {phases.map(([phase, label]) => (
        <tr key={phase} className="border-t border-line">
          <th scope="row" className={name}>
            {label}
          </th>
          {[a, b].map(({ timings }, side) => (
            <td key={side === 0 ? 'a' : 'b'} className="py-1 pr-3 font-mono text-sm">
              <div className="flex items-center gap-2">
                <div className="min-w-0 flex-1">
                  <TimingBar timings={timings} phase={phase} span={span} />
                </div>
                <span className="w-16 shrink-0 text-right">{duration(timings[phase])}</span>
              </div>
            </td>
          ))}
        </tr>
      ))}
      <tr className="border-t border-line">
        <th scope="row" className={name}>
          Total
        </th>
        <td className="py-1 pr-3 text-right font-mono text-sm">{duration(a.timings.total)}</td>
        <td className="py-1 pr-3 text-right font-mono text-sm">{duration(b.timings.total)}</td>
      </tr>
    </tbody>
  )
}

function Side({ exchange, side }: { readonly exchange: KeptExchange; readonly side: 'Left' | 'Right' }) {
  const { at, operation, response, fault } = exchange
  return (
    <th scope="col" className="py-1.5 pr-3 text-left align-top font-normal">
      <span className="sr-only">{side}: </span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <HttpStatus status={response?.status ?? null} fault={fault?.code ?? null} />
        <span>{localMoment(at)}</span>
      </span>
      <span className="block font-semibold wrap-anywhere">{operation}</span>
    </th>
  )
}

export function CompareTable({
  a,
  b,
  sections,
  onlyDifferences,
}: {
  readonly a: KeptExchange
  readonly b: KeptExchange
  readonly sections: readonly ComparedSection[]
  readonly onlyDifferences: boolean
}) {
  const shown = sections
    .map((section) => ({
      ...section,
      fields: onlyDifferences ? section.fields.filter(({ differs }) => differs) : section.fields,
    }))
    .filter(({ fields, note }) => fields.length > 0 || note !== null)
  return (
    <table aria-label="Comparison" className="w-full table-fixed border-collapse">
      <colgroup>
        <col className="w-32 xl:w-48" />
        <col />
        <col />
      </colgroup>
      <thead className="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_var(--line)]">
        <tr>
          <td className="px-3 text-sm text-muted">
            <span className="sr-only">Field</span>
          </td>
          <Side exchange={a} side="Left" />
          <Side exchange={b} side="Right" />
        </tr>
      </thead>
      {shown.map(({ title, fields, note }, at) => (
        <FieldSection key={title} title={title} note={note} fields={fields} timing={at === 0 ? [a, b] : null} />
      ))}
      {shown.length === 0 && <Timing a={a} b={b} />}
    </table>
  )
}

/** The times stand behind the outcome, where a person looks for them. */
function FieldSection({
  title,
  note,
  fields,
  timing,
}: {
  readonly title: string
  readonly note: string | null
  readonly fields: readonly ComparedField[]
  readonly timing: readonly [KeptExchange, KeptExchange] | null
}) {
  return (
    <>
      <tbody>
        <SectionHead title={title} note={note} />
        {fields.map((field) => (
          <FieldRow key={field.name} field={field} />
        ))}
      </tbody>
      {timing !== null && <Timing a={timing[0]} b={timing[1]} />}
    </>
  )
}
