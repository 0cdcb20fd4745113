/** What is known to be wrong before a call leaves, with the button that mends it. */
import type { Finding } from '#shared/contract/requests.ts'
import type { Fault, FaultCode } from '#shared/fault.ts'
import { api } from '../api.ts'
import { show, type ViewId } from '../app-state.ts'
import { FindingList } from '../exchange/finding-list.tsx'
import { grants } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import type { Preflight } from './use-preflight.ts'

/** Problems of the draft that a person may send on purpose, to see what the bank says. */
const breaksSchema = new Set<FaultCode>(['BODY_INVALID', 'PARAMETER_MISSING', 'PARAMETER_INVALID'])

/** A path with a hole in it has no address: nothing can be sent to it, even on purpose. */
function isSendable({ code, details }: Fault, path: string): boolean {
  const hole = code === 'PARAMETER_MISSING' && path.includes(`{${String(details.parameter)}}`)
  return breaksSchema.has(code) && !hole
}

/** Where a fault or finding is mended; without words of its own the button says the remedy. */
const places: Readonly<Record<string, readonly [ViewId, string | null]>> = {
  GRANT_MISSING: ['access', 'Go to Access'],
  IDENTITY_MISSING: ['keys', 'Go to Keys'],
  SANDBOX_DOWN: ['sandbox', 'Go to the sandbox'],
  ENVIRONMENT_INCOMPLETE: ['settings', 'Go to Settings'],
  'certificate-expired': ['keys', 'Go to Keys'],
  'certificate-expiring': ['keys', 'Go to Keys'],
  'token-missing': ['access', null],
  'token-scope': ['access', null],
}

function Place({ id, remedy = 'Go there' }: { readonly id: string; readonly remedy?: string | undefined }) {
  const place = places[id]
  if (place === undefined) return null
  return <Button onClick={() => show(place[0])}>{place[1] ?? remedy.replace(/\.$/, '')}</Button>
}

function Refresh({ grant }: { readonly grant: string }) {
  const { run, busy } = useAction(async () => {
    try {
      await api.access.refresh({ grant })
      await grants.refresh()
    } catch (fault) {
      notify('bad', 'The token was not refreshed', (fault as Fault).message)
    }
  })
  return (
    <Button busy={busy} onClick={() => void run()}>
      Refresh
    </Button>
  )
}

const ending = new Set(['token-expired', 'token-ending'])

function Mend({ finding }: { readonly finding: Finding }) {
  // The sentence ends in the id of the grant; the engine hands out no other way to it.
  const grant = /tpp access refresh (\S+)$/.exec(finding.remedy ?? '')?.[1]
  const refreshable = grants().value?.some(({ id, refreshable: can }) => id === grant && can) === true
  if (ending.has(finding.id) && grant !== undefined)
    return refreshable ? <Refresh grant={grant} /> : <Button onClick={() => show('access')}>Go to Access</Button>
  return <Place id={finding.id} remedy={finding.remedy} />
}

const hasButton = ({ id }: Finding): boolean => ending.has(id) || places[id] !== undefined

export function PreflightLine({
  preflight,
  path,
  insist,
  onInsist,
}: {
  readonly preflight: Preflight
  /** Path of the operation, with its placeholders. */
  readonly path: string
  readonly insist: boolean
  /** True: send as it stands; false: check the schema again. */
  readonly onInsist: (insist: boolean) => void
}) {
  const { fault, findings } = preflight
  if (fault === null && findings.length === 0 && !insist) return null
  return (
    <section aria-label="Findings" className="max-h-28 shrink-0 overflow-y-auto border-t border-line px-3 py-1">
      {fault !== null && (
        <div className="flex min-h-7 items-center gap-2">
          <p aria-live="polite" className="min-w-0 flex-1 wrap-anywhere">
            <strong className="text-bad">{isSendable(fault, path) ? 'Held back.' : 'Cannot be sent.'}</strong>{' '}
            {fault.message}
          </p>
          <Place id={fault.code} />
          {!insist && isSendable(fault, path) && <Button onClick={() => onInsist(true)}>Send anyway</Button>}
        </div>
      )}
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
