/** One open draft from every side: parameters, headers, body, identity and grant, and the call as it will go out. */
import type { ReactNode } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { Button } from '../ui/button.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { type Tab, Tabs } from '../ui/tabs.tsx'
import { BodyEditor } from './body-editor.tsx'
import { fillMissing, missingExamples, useUndoFilling } from './fill-examples.ts'
import { HeaderEditor } from './header-editor.tsx'
import { IdentityAndGrant } from './identity-and-grant.tsx'
import { edit, note, type OpenDraft } from './open-drafts.ts'
import { OperationNotes } from './operation-notes.tsx'
import { ParameterTable } from './parameter-table.tsx'
import type { Preflight } from './use-preflight.ts'
import { WillBeSent } from './will-be-sent.tsx'

export interface DraftEditorProps {
  readonly draft: OpenDraft
  readonly detail: OperationDetail
  readonly preflight: Preflight
  readonly refused: string | null
}

const count = (number: number): string => (number === 0 ? '' : ` ${number}`)

function Params({ draft, detail, preflight }: DraftEditorProps) {
  const parameters = detail.parameters.filter((parameter) => parameter.in !== 'header')
  if (parameters.length === 0) return <p className="p-3 text-muted">No path or query parameters.</p>
  return (
    <ParameterTable
      label="Parameters"
      noun="parameters"
      detail={detail}
      parameters={parameters}
      values={draft.parameters}
      problems={preflight.parameters}
      onChange={(name, value) => edit(draft.id, { parameters: { ...draft.parameters, [name]: value } })}
    />
  )
}

function About({ assumed }: { readonly assumed: boolean }) {
  return (
    <>
      About
      {assumed && (
        <span title="Something in it is assumed">
          <span aria-hidden="true"> ≈</span>
          <span className="sr-only"> assumed</span>
        </span>
      )}
    </>
  )
}

function tabsOf(props: DraftEditorProps): Tab[] {
  const { draft, detail, preflight, refused } = props
  const inPlace = (place: 'header' | 'other') =>
    detail.parameters.filter((each) => (each.in === 'header') === (place === 'header')).length
  const scrolled = (label: string, content: ReactNode) => (
    <ScrollArea label={label} className="min-h-0 flex-1">
      {content}
    </ScrollArea>
  )
  return [
    { id: 'params', label: `Params${count(inPlace('other'))}`, content: scrolled('Params', <Params {...props} />) },
    {
      id: 'headers',
      label: `Headers${count(inPlace('header') + draft.headers.length)}`,
      content: scrolled('Headers', <HeaderEditor draft={draft} detail={detail} preflight={preflight} />),
    },
    {
      id: 'body',
      label: draft.body === '' ? 'Body' : 'Body ●',
      content: <BodyEditor draft={draft} detail={detail} preflight={preflight} />,
    },
    {
      id: 'identity',
      label: 'Identity & grant',
      content: scrolled('Identity and grant', <IdentityAndGrant draft={draft} detail={detail} />),
    },
    {
      id: 'sent',
      label: 'Will be sent',
      content: scrolled('Will be sent', <WillBeSent preflight={preflight} />),
    },
    {
      id: 'about',
      label: <About assumed={detail.assumptions.some(({ state }) => state === 'assumed')} />,
      content: scrolled('About the operation', <OperationNotes bank={draft.bank} detail={detail} refused={refused} />),
    },
  ]
}

/** What there is to fill in: parameters first, then the body. */
function firstPart({ parameters, body }: OperationDetail): string {
  if (parameters.some((parameter) => parameter.in !== 'header')) return 'params'
  return body === null ? 'headers' : 'body'
}

/** Everything required at once, body included; what was typed stays, and the filling can be taken back. */
function FillRequired({ draft, detail }: DraftEditorProps) {
  const undo = useUndoFilling(draft)
  // In the body's own line stands the same button.
  if (undo !== null && draft.part !== 'body') return <Button onClick={undo}>Undo</Button>
  const nothing = Object.keys(missingExamples(detail, draft)).length === 0
  if (nothing) return null
  return (
    <Button title="Examples into everything required that is empty" onClick={() => fillMissing(draft, detail)}>
      Fill required
    </Button>
  )
}

export function DraftEditor(props: DraftEditorProps) {
  const { draft, detail } = props
  return (
    <Tabs
      label="Parts of the request"
      tabs={tabsOf(props)}
      selected={draft.part ?? firstPart(detail)}
      onSelect={(part) => note(draft.id, { part })}
      trailing={
        <span className="flex shrink-0 px-2">
          <FillRequired {...props} />
        </span>
      }
    />
  )
}
