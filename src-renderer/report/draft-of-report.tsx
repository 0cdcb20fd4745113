/** The draft a report gives: where it goes, what it has, and what of the report is not in it. */
import type { OpenedReport } from '#shared/contract/reports.ts'
import { byteLength, byteSize } from '../exchange/measures.ts'
import { banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { Section } from '../ui/section.tsx'
import { chooseInReport, openDraftOf } from './report-view.ts'

function Taken({ opened: { draft, leftOut } }: { readonly opened: OpenedReport }) {
  const names = [...Object.keys(draft?.parameters ?? {}), ...Object.keys(draft?.headers ?? {})]
  const body = draft?.body
  const has = [
    ...(names.length === 0 ? [] : [names.join(', ')]),
    ...(body === undefined ? [] : [`a body of ${byteSize(byteLength(body))}`]),
  ]
  return (
    <>
      <p>
        Taken over: {has.length === 0 ? 'the operation alone' : has.join(' and ')}. Identity, token, signature and
        X-Request-ID are your own.
      </p>
      {leftOut.length > 0 && (
        <details>
          <summary>Not taken over: {leftOut.map(({ part, name }) => (name === '' ? part : name)).join(', ')}</summary>
          <ul aria-label="Not taken over" className="list-disc py-1 pl-5">
            {leftOut.map(({ part, name, reason }) => (
              <li key={`${part} ${name} ${reason}`}>
                <span className="font-mono text-sm">{name === '' ? part : name}</span>: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

export function DraftOfReport({ opened, busy }: { readonly opened: OpenedReport; readonly busy: boolean }) {
  const { draft } = opened
  const bank = banks().value?.find(({ id }) => id === draft?.bank)
  if (draft === null) return null
  return (
    <Section title="As your own request">
      <Taken opened={opened} />
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-56">
          <SelectField
            label="Goes to"
            value={draft.environment}
            onChange={({ target }) => chooseInReport({ into: target.value })}
          >
            {(bank?.environments ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
        <Button kind="primary" disabled={busy} onClick={() => openDraftOf(opened)}>
          Make a draft
        </Button>
      </div>
      <p className="text-sm text-muted">It opens in Requests; nothing is sent before you send it.</p>
    </Section>
  )
}
