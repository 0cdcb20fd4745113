/** What the bank's document says of a parameter: one line of it, all of it on request, and its example to take over. */
import { useId, useState } from 'react'
import type { ParameterView } from '#shared/contract/banks.ts'
import { Prose } from '../ui/prose.tsx'
import { isFilledWhenEmpty } from './parameter-problem.ts'

const sources: Readonly<Record<string, string>> = {
  'berlin-group': 'Name or limits are those of the Berlin Group’s NextGenPSD2 framework.',
  'rfc-6749': 'Name or limits are those of RFC 6749 (OAuth 2.0).',
  http: 'A standard HTTP header, recognised by its description.',
  'seed-implied': 'Not printed in the bank’s document, but something printed needs it.',
  'seed-corrected': 'Printed with a mistake in the bank’s document, repaired here.',
  'seed-sample': 'Seen only in an example of the bank’s document.',
  lost: 'Described in the bank’s document, its name is lost: this one is a placeholder.',
  'workbench-assumption': 'Decided by the workbench; the assumption says why.',
}

function limitsOf({ pattern, minimum, maximum, minLength, maxLength, enum: values }: ParameterView): string[] {
  const length =
    minLength === maxLength
      ? [minLength === null ? '' : `${minLength} characters`]
      : [minLength === null ? '' : `at least ${minLength} characters`, maxLength === null ? '' : `at most ${maxLength}`]
  return [
    values.length > 0 ? `one of ${values.join(', ')}` : '',
    minimum === null ? '' : `from ${minimum}`,
    maximum === null ? '' : `to ${maximum}`,
    ...length,
    pattern === null ? '' : `matches ${pattern}`,
  ].filter(Boolean)
}

/** Characters a line of the narrowest table holds. */
const line = 38

function More({ parameter }: { readonly parameter: ParameterView }) {
  const { computed, value, source, in: place, name, wireName } = parameter
  const notes = [
    computed === null ? '' : `When left empty: ${computed}`,
    value === null ? '' : `When left empty: the environment’s value ${value}.`,
    wireName === name ? '' : `Declared as ${name}, sent as ${wireName} in this environment.`,
    source === null ? '' : (sources[source] ?? source),
    `Goes into the ${place}.`,
  ].filter(Boolean)
  return notes.map((note) => <p key={note}>{note}</p>)
}

export function ParameterDocumentation({
  parameter,
  empty,
  onUseExample,
}: {
  readonly parameter: ParameterView
  readonly empty: boolean
  readonly onUseExample: (example: string) => void
}) {
  const [open, setOpen] = useState(false)
  const more = useId()
  const { name, description, example } = parameter
  const limits = limitsOf(parameter).join(' · ')
  // What was typed is not overwritten, and what is filled in by itself needs no example before somebody looks for one.
  const offered = empty && (open || !isFilledWhenEmpty(parameter)) ? example : null
  const long = description.length > line || limits.length > line
  return (
    <div className="flex items-start gap-2">
      <div id={more} className="min-w-0 flex-1">
        {description !== '' && (
          <div className={open ? '' : 'line-clamp-1'}>
            <Prose text={description} />
          </div>
        )}
        {(limits !== '' || offered !== null) && (
          <div className="flex min-w-0 items-baseline gap-2">
            {limits !== '' && (
              <p className={`min-w-0 font-mono text-xs ${open ? 'flex-1 wrap-anywhere' : 'truncate'}`}>{limits}</p>
            )}
            {offered !== null && (
              <button
                type="button"
                aria-label={`Use example of ${name}`}
                title={offered}
                onClick={() => onUseExample(offered)}
                className="shrink-0 rounded-sm text-xs text-accent underline underline-offset-2 hover:bg-raised"
              >
                Use example
              </button>
            )}
          </div>
        )}
        {open && example !== null && <p className="font-mono text-xs wrap-anywhere">e.g. {example}</p>}
        {open && <More parameter={parameter} />}
      </div>
      {(long || parameter.source !== null || parameter.computed !== null || parameter.value !== null) && (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={more}
          aria-label={`${open ? 'Less' : 'More'} about ${name}`}
          onClick={() => setOpen(!open)}
          className="shrink-0 rounded-sm px-1 text-sm text-accent hover:bg-raised"
        >
          {open ? 'Less' : 'More'}
        </button>
      )}
    </div>
  )
}
