/** The draft in front: its header line, its editor, the findings, and the response below. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import { keep, useApp } from '../app-state.ts'
import { banks } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { Split } from '../ui/split.tsx'
import { useAmendment } from './amendment.ts'
import { sendDraft } from './calls.ts'
import { DraftEditor } from './draft-editor.tsx'
import { DraftHeader } from './draft-header.tsx'
import { panelId, tabId } from './draft-tabs.tsx'
import { environmentAt } from './environment-at.ts'
import { edit, findDraft, type OpenDraft } from './open-drafts.ts'
import { useOperationDetail } from './operation-details.ts'
import { OtherBank } from './other-bank.tsx'
import { PreflightLine } from './preflight-line.tsx'
import { ResponsePane } from './response-pane.tsx'
import { SimulatedMark } from './simulated-mark.tsx'
import { takeOverTyping } from './take-over-typing.ts'
import { toDraft } from './to-draft.ts'
import { usePreflight } from './use-preflight.ts'
import { useSendShortcut } from './use-send-shortcut.ts'

function useShare(): [number, (share: number) => void] {
  const { kept } = useApp()
  const share = typeof kept['requests-split'] === 'number' ? kept['requests-split'] : 0.6
  return [share, (next) => keep('requests-split', next)]
}

function Loaded({ draft, detail }: { readonly draft: OpenDraft; readonly detail: OperationDetail }) {
  const { bank, environment, identity } = useApp()
  const selection = useSelection()
  const [share, setShare] = useShare()
  const elsewhere = draft.bank !== bank
  const refused = selection.environment === null ? null : detail.notOffered[selection.environment.kind]
  const simulated = detail.simulated && selection.environment?.kind === 'local-sandbox'
  const input = toDraft(draft, environment, identity)
  const idle = elsewhere || detail.browser || selection.environment === null
  const preflight = usePreflight(idle ? null : input)
  const hindrance = elsewhere
    ? 'The top bar is at another bank.'
    : selection.environment === null
      ? 'Choose an environment in the top bar.'
      : refused
  const send = (insist = draft.insist) => {
    if (hindrance !== null || detail.browser) return
    // The last keys may not have been in the draft yet when this was drawn.
    takeOverTyping()
    const newest = findDraft(draft.id) ?? draft
    void sendDraft(draft.id, { ...toDraft(newest, environment, identity), insist })
  }
  const insist = (on: boolean) => {
    edit(draft.id, { insist: on })
    if (on) send(true)
  }
  useSendShortcut(() => send())
  useAmendment(draft, detail)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <DraftHeader
        draft={draft}
        detail={detail}
        hindrance={hindrance}
        simulated={simulated}
        production={selection.environment?.kind === 'production'}
        onSend={() => send()}
      />
      {elsewhere && <OtherBank bank={draft.bank} />}
      <Split
        label="Height of request and response"
        share={share}
        onShare={setShare}
        above={
          <>
            <DraftEditor draft={draft} detail={detail} preflight={preflight} refused={refused} />
            <PreflightLine preflight={preflight} insist={draft.insist} onInsist={insist} />
          </>
        }
        below={
          <section aria-label="Response" className="relative flex min-h-0 flex-1 flex-col">
            <ResponsePane draft={draft} />
            {simulated && <SimulatedMark />}
          </section>
        }
      />
    </div>
  )
}

export function OpenRequest({ draft }: { readonly draft: OpenDraft }) {
  const { environment } = useApp()
  const bank = banks().value?.find(({ id }) => id === draft.bank)
  const there = environmentAt(bank, environment)
  const { detail, fault, loading, retry } = useOperationDetail(draft.bank, there, draft.operation)
  return (
    <div
      role="tabpanel"
      id={panelId}
      aria-labelledby={tabId(draft.id)}
      className="flex min-h-0 min-w-0 flex-1 flex-col"
    >
      {detail !== null ? (
        <Loaded draft={draft} detail={detail} />
      ) : fault !== null ? (
        <div className="p-3">
          <FaultNotice
            fault={fault}
            title="The operation could not be loaded"
            action={<Button onClick={() => void retry()}>Try again</Button>}
          />
        </div>
      ) : (
        loading && <Loading what="The operation" />
      )}
    </div>
  )
}
