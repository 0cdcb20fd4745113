/** One open draft from every side: parameters, headers, body, identity and grant, and the call as it will go out. */
import type { ReactNode } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { type Tab, Tabs } from '../ui/tabs.tsx'
import { BodyEditor } from './body-editor.tsx'
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

function Params({ draft, detail }: DraftEditorProps) {
  const parameters = detail.parameters.filter((parameter) => parameter.in !== 'header')
  if (parameters.length === 0) return <p className="p-3 text-muted">No path or query parameters.</p>
  return (
    <ParameterTable
      label="Parameters"
      parameters={parameters}
      values={draft.parameters}
      onChange={(name, value) => edit(draft.id, { parameters: { ...draft.parameters, [name]: value } })}
    />
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
      content: scrolled('Headers', <HeaderEditor draft={draft} detail={detail} request={preflight.request} />),
    },
    {
      id: 'body',
      label: draft.body === '' ? 'Body' : 'Body ●',
      content: <BodyEditor draft={draft} detail={detail} fault={preflight.fault} />,
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
      label: `About${detail.assumptions.length > 0 ? ' · assumed' : ''}`,
      content: scrolled('About the operation', <OperationNotes detail={detail} refused={refused} />),
    },
  ]
}

/** What there is to fill in: parameters first, then the body. */
function firstPart({ parameters, body }: OperationDetail): string {
  if (parameters.some((parameter) => parameter.in !== 'header')) return 'params'
  return body === null ? 'headers' : 'body'
}

export function DraftEditor(props: DraftEditorProps) {
  const { draft, detail } = props
  return (
    <Tabs
      label="Parts of the request"
      tabs={tabsOf(props)}
      selected={draft.part ?? firstPart(detail)}
      onSelect={(part) => note(draft.id, { part })}
    />
  )
}
