/** The line above a draft: what is called, with which scope, and the button that sends or stops it. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import { show } from '../app-state.ts'
import { MethodName } from '../exchange/method-name.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { departuresOf } from './departures.ts'
import { neededScope } from './needed-scope.ts'
import { closeDraft, type OpenDraft } from './open-drafts.ts'

export const sendKeys = navigator.platform.startsWith('Mac') ? '⌘↵' : 'Ctrl ↵'

export function DraftHeader({
  draft,
  detail,
  hindrance,
  simulated,
  production,
  onSend,
}: {
  readonly draft: OpenDraft
  readonly detail: OperationDetail
  /** Why it cannot be sent from here; null when it can. */
  readonly hindrance: string | null
  /** The local sandbox answers what the bank does not offer. */
  readonly simulated: boolean
  readonly production: boolean
  readonly onSend: () => void
}) {
  const scope = neededScope(detail, draft)
  const departures = departuresOf(draft)
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 px-3">
      <MethodName method={draft.method ?? detail.method} narrow />
      <h2 className="min-w-0 truncate font-mono text-sm font-normal" title={draft.path ?? detail.path}>
        {draft.path ?? detail.path}
      </h2>
      {departures.length > 0 && (
        <Badge tone="caution" title={`${departures.join(' ')} See Departures under Headers.`}>
          departs
        </Badge>
      )}
      {scope === null ? <Badge>no token</Badge> : <Badge title="Scope the token must have">scope {scope}</Badge>}
      {detail.signed && <Badge title="Signed when it is sent; see Headers">signed</Badge>}
      {simulated && (
        <Badge tone="caution" title="The bank does not offer it; the local sandbox answers">
          simulated
        </Badge>
      )}
      <span className="flex-1" />
      {detail.browser && <span className="truncate text-sm text-muted">opened in the browser</span>}
      {detail.browser ? (
        <Button kind="primary" onClick={() => show('access')}>
          Authorise under Access
        </Button>
      ) : (
        // It stays where it is while the call is under way; a Cancel in its place would catch the second click of a double click.
        <Button
          kind="primary"
          aria-keyshortcuts="Control+Enter Meta+Enter"
          aria-disabled={draft.call !== null}
          disabled={hindrance !== null}
          title={hindrance ?? undefined}
          className={`min-w-24 ${draft.call === null ? '' : 'opacity-50'}`}
          onClick={onSend}
        >
          {production ? 'Send to production' : 'Send'} <kbd className="font-sans text-sm">{sendKeys}</kbd>
        </Button>
      )}
      <Button kind="quiet" onClick={() => closeDraft(draft.id)}>
        Close
      </Button>
    </div>
  )
}
