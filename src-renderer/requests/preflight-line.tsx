/** What is known to be wrong before a call leaves, with the button that mends it. */
import type { ReactNode } from 'react'
import type { Finding } from '#shared/contract/exchange.ts'
import type { Fault } from '#shared/fault.ts'
import { show, type ViewId } from '../app-state.ts'
import { FindingList } from '../exchange/finding-list.tsx'
import { RemedyButtons } from '../exchange/remedy-button.tsx'
import { FillInEnvironment } from '../shell/fill-in-environment.tsx'
import { Button } from '../ui/button.tsx'
import { isSchemaFault, isSchemaFinding } from './check-draft.ts'
import type { Preflight } from './use-preflight.ts'

/** Where a fault is mended. */
const places: Readonly<Record<string, readonly [ViewId, string]>> = {
  GRANT_MISSING: ['access', 'Go to Access'],
  KEY_UNSUITABLE: ['keys', 'Go to Keys'],
  IDENTITY_MISSING: ['keys', 'Go to Keys'],
  SANDBOX_DOWN: ['sandbox', 'Go to the sandbox'],
}

function Place({ id }: { readonly id: string }) {
  const place = places[id]
  if (place === undefined) return null
  return <Button onClick={() => show(place[0])}>{place[1]}</Button>
}

/** Where a fault is put right. */
function Way({ fault }: { readonly fault: Fault }) {
  return fault.code === 'ENVIRONMENT_INCOMPLETE' ? <FillInEnvironment fault={fault} /> : <Place id={fault.code} />
}

/** At most two: what else can be done is in the sentence. */
function Mend({ finding: { remedies = [] } }: { readonly finding: Finding }) {
  return <RemedyButtons remedies={remedies.slice(0, 2)} />
}

const hasButton = ({ remedies }: Finding): boolean => remedies !== undefined && remedies.length > 0

function FaultLine({
  verdict,
  message,
  children,
}: {
  readonly verdict: string
  readonly message: string
  readonly children?: ReactNode
}) {
  return (
    <div className="flex min-h-7 items-center gap-2">
      <p aria-live="polite" className="min-w-0 flex-1 wrap-anywhere">
        {/* The bank's own words have names between backticks; here they are plain. */}
        <strong className="text-bad">{verdict}</strong> {message.replaceAll('`', '')}
      </p>
      {children}
    </div>
  )
}

/** What breaks the schema is held back but can go out on purpose; what has no address, token or certificate cannot. */
function Verdict({
  preflight: { fault, obstacle, findings },
  insist,
  onInsist,
}: {
  readonly preflight: Preflight
  readonly insist: boolean
  readonly onInsist: (insist: boolean) => void
}) {
  if (fault === null) return null
  if (!isSchemaFault(fault) || obstacle?.message === fault.message)
    return (
      <FaultLine verdict="Cannot be sent." message={fault.message}>
        <Way fault={fault} />
      </FaultLine>
    )
  const broken = findings.filter(isSchemaFinding).length
  return (
    <>
      <FaultLine
        verdict="Held back."
        message={broken === 0 ? fault.message : `${broken === 1 ? 'This breaks' : `These ${broken} break`} the schema:`}
      >
        {obstacle === null && !insist && <Button onClick={() => onInsist(true)}>Send anyway</Button>}
      </FaultLine>
      {obstacle !== null && (
        <FaultLine verdict="Nor could it be sent anyway." message={obstacle.message}>
          <Way fault={obstacle} />
        </FaultLine>
      )}
    </>
  )
}

export function PreflightLine({
  preflight,
  insist,
  onInsist,
}: {
  readonly preflight: Preflight
  readonly insist: boolean
  /** True: send as it stands; false: check the schema again. */
  readonly onInsist: (insist: boolean) => void
}) {
  const { fault, findings } = preflight
  if (fault === null && findings.length === 0 && !insist) return null
  return (
    <section
      aria-label="Findings"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop the keyboard could not scroll it
      tabIndex={0}
      className="max-h-28 shrink-0 overflow-y-auto border-t border-line px-3 py-1 -outline-offset-2"
    >
      <Verdict preflight={preflight} insist={insist} onInsist={onInsist} />
      <FindingList
        label="Findings before sending"
        findings={findings}
        action={(finding) => (hasButton(finding) ? <Mend finding={finding} /> : null)}
      />
      {insist && (
        <div className="flex min-h-7 items-center gap-2">
          <span className="min-w-0 flex-1">What breaks the schema is sent as it stands.</span>
          <Button onClick={() => onInsist(false)}>Hold it back again</Button>
        </div>
      )}
    </section>
  )
}
