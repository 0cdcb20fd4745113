/** Requests: the bank's operations on the left, open requests with their responses on the right. */
import { useEffect } from 'react'
import { choose, useApp } from '../app-state.ts'
import { fulfilled, useWishes } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'
import { useAmendedDraft } from './amendment.ts'
import { followCalls } from './calls.ts'
import { DraftTabs } from './draft-tabs.tsx'
import { type DraftContent, openDraft, useDrafts } from './open-drafts.ts'
import { OpenRequest } from './open-request.tsx'
import { OperationCatalogue } from './operation-catalogue.tsx'
import { operationsAt } from './operation-details.ts'

type Wish = NonNullable<ReturnType<typeof useWishes.getState>['draft']>

/** What a wish says of the draft; nothing when it only names the operation. */
function contentOf({
  parameters,
  headers,
  omit,
  method,
  path,
  body,
  identity,
  grant,
  insist,
}: Wish): DraftContent | undefined {
  const content: DraftContent = {
    ...(parameters === undefined ? {} : { parameters }),
    ...(headers === undefined ? {} : { headers: Object.entries(headers).map(([name, value]) => ({ name, value })) }),
    ...(omit === undefined ? {} : { omit }),
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    ...(body === undefined ? {} : { body }),
    ...(identity === undefined ? {} : { identity }),
    ...(grant === undefined ? {} : { grant }),
    ...(insist === undefined ? {} : { insist }),
  }
  return Object.keys(content).length === 0 ? undefined : content
}

/** Another view or the palette asked for an operation. */
function useWishedDraft(): void {
  const { draft: wish } = useWishes()
  useEffect(() => {
    // Run twice, it still opens once.
    if (wish === null || useWishes.getState().draft !== wish) return
    const { bank, environment } = useApp.getState()
    choose({ bank: wish.bank ?? bank, environment: wish.environment ?? environment })
    openDraft(wish.bank ?? bank, wish.operation, contentOf(wish))
    fulfilled('draft')
  }, [wish])
}

/** A reading call that needs no id works as soon as there is access; a bank without one begins with its first. */
function Welcome() {
  const { bank, environment } = useApp()
  const { value } = operationsAt(bank, environment)()
  const called = value?.filter(({ browser }) => !browser)
  const first = called?.find(({ method, path }) => method === 'GET' && !path.includes('{')) ?? called?.[0]
  return (
    <EmptyState
      title="Call the bank"
      action={
        first && (
          <Button kind="primary" onClick={() => openDraft(bank, first.id)}>
            Open {first.method} {first.title}
          </Button>
        )
      }
    >
      <p>
        Every operation of the bank is on the left. Open one, see what is wrong with it before it leaves, send it with
        your certificate and token, and read the answer with its TLS facts and its explanation.
      </p>
    </EmptyState>
  )
}

export function RequestsPane() {
  useWishedDraft()
  useAmendedDraft()
  const { drafts, front } = useDrafts()
  const draft = drafts.find(({ id }) => id === front)
  useEffect(() => void followCalls().catch(() => {}), [])
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[15rem_minmax(0,1fr)] xl:grid-cols-[21rem_minmax(0,1fr)]">
      <h1 className="sr-only">Requests</h1>
      <OperationCatalogue />
      <div className="flex min-h-0 min-w-0 flex-col">
        {drafts.length > 0 && <DraftTabs />}
        {draft === undefined ? <Welcome /> : <OpenRequest key={draft.id} draft={draft} />}
      </div>
    </div>
  )
}
