/** Where an application stands, and what it offers now: each offer a button, and nothing else a button. */
import type { BankDetail, OperationView } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { type LinkedOperation, offeredOperations } from '#shared/linked-operation.ts'
import type { Json } from '../forms/json-value.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/section.tsx'
import { type StatusWord, statusWord, textAt } from './answer-members.ts'
import { useCase } from './cases.ts'
import { followOrder } from './order-polling.ts'
import { OtherSteps } from './other-steps.tsx'
import { StateDiagram } from './state-diagram.tsx'
import { StepLine, useIsBusy } from './step-line.tsx'
import { namesOf } from './step-names.ts'
import { beginApplication, beginSigning, type Desk, type DeskKind, readApplication, takeStep } from './steps.ts'

/** The last answer with the application, read. */
export interface Application {
  readonly exchange: Exchange | null
  readonly body: Json | null
  /** As the bank wrote it. */
  readonly code: string | null
  readonly word: StatusWord | null
  readonly offered: readonly LinkedOperation[]
}

export function applicationOf(
  desk: Desk,
  which: DeskKind | null,
  exchange: Exchange | null,
  body: Json | null,
): Application {
  const code = which === null ? null : textAt(body, `/${which.resource.field}`)
  return {
    exchange,
    body,
    code,
    word: which === null ? null : statusWord(desk.bank, which.resource.vocabulary, code),
    offered: offeredOperations(body, desk.operations),
  }
}

const nothing: ReadonlySet<string> = new Set()

export const questionsId = 'application-questions'

async function take(desk: Desk, which: DeskKind, link: LinkedOperation): Promise<void> {
  const { kind } = which
  const { operation } = link
  if (operation === kind.questions?.post) {
    document.querySelector<HTMLElement>(`#${questionsId} input`)?.focus()
    return
  }
  const way = kind.sign.find(({ begin }) => begin === operation)
  if (way === undefined && !kind.pages.some(({ begin }) => begin === operation)) return takeStep(desk, which, link)
  const exchange = await beginSigning(desk, which, link)
  if (exchange !== null && way?.how === 'order') await followOrder(desk, which, way)
}

interface Shown {
  readonly desk: Desk
  readonly which: DeskKind
  readonly application: Application
  readonly operations: readonly OperationView[]
}

function Offered({ desk, which, application, operations }: Shown) {
  const names = namesOf(which)
  const [reading, signing] = [useIsBusy(desk.grant, 'application'), useIsBusy(desk.grant, 'signing')]
  const nameOf = (id: string) => names.get(id) ?? operations.find((each) => each.id === id)?.title ?? id
  const ids = new Set(application.offered.map(({ operation }) => operation))
  return (
    <>
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="mb-1 text-sm text-muted">Possible now</legend>
        {application.offered.map((link) => (
          <Button
            key={`${link.rel} ${link.operation}`}
            kind="primary"
            title={link.rel}
            busy={signing}
            onClick={() => void take(desk, which, link)}
          >
            {nameOf(link.operation)}
          </Button>
        ))}
        {application.offered.length === 0 && <span className="text-muted">Nothing is offered.</span>}
        <Button busy={reading} onClick={() => void readApplication(desk, which, true)}>
          Read again
        </Button>
      </fieldset>
      <OtherSteps desk={desk} kinds={[which]} offered={ids} />
    </>
  )
}

function Standing({ bank, which, application }: { bank: BankDetail } & Omit<Shown, 'desk' | 'operations'>) {
  const { code, word } = application
  const statuses = bank.statuses[which.resource.vocabulary] ?? []
  return (
    <>
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={word?.final ? 'neutral' : 'accent'}>{word?.name ?? code ?? 'No status'}</Badge>
        <span>{word?.meaning ?? 'The bank’s data does not explain this status.'}</span>
      </p>
      {bank.applications !== null && <StateDiagram profile={bank.applications} statuses={statuses} present={code} />}
    </>
  )
}

/** A second one is refused; whoever wants to see that can. */
function Beginning({ desk, kinds, begun }: { desk: Desk; kinds: readonly DeskKind[]; begun: boolean }) {
  const busy = useIsBusy(desk.grant, 'application')
  const { identified } = useCase(desk.grant)
  const buttons = (
    <div className="flex flex-wrap items-center gap-2">
      {kinds.map((each) => (
        <Button
          key={`begin ${each.kind.kind}`}
          kind={begun || !identified ? 'plain' : 'primary'}
          busy={busy}
          onClick={() => void beginApplication(desk, each)}
        >
          Begin: {each.kind.name}
        </Button>
      ))}
      {kinds.map((each) => (
        <Button
          key={`read ${each.kind.kind}`}
          kind="quiet"
          busy={busy}
          onClick={() => void readApplication(desk, each)}
        >
          Read: {each.kind.name}
        </Button>
      ))}
    </div>
  )
  if (!begun) return buttons
  return (
    <details>
      <summary className="text-muted">Begin or read another one</summary>
      <div className="pt-2">{buttons}</div>
    </details>
  )
}

export function ApplicationSection({
  desk,
  kinds,
  which,
  application,
  operations,
}: {
  readonly desk: Desk
  readonly kinds: readonly DeskKind[]
  readonly which: DeskKind | null
  readonly application: Application
  readonly operations: readonly OperationView[]
}) {
  const known = which !== null && application.exchange !== null
  return (
    <Section title={which === null ? 'Application' : `Application: ${which.kind.name}`}>
      {known && <Standing bank={desk.bank} which={which} application={application} />}
      {known && <Offered desk={desk} which={which} application={application} operations={operations} />}
      {!known && which === null && <p className="text-muted">Begin one when the customer is identified.</p>}
      <Beginning desk={desk} kinds={kinds} begun={known} />
      {!known && <OtherSteps desk={desk} kinds={which === null ? kinds : [which]} offered={nothing} />}
      <StepLine grant={desk.grant} part="application" />
    </Section>
  )
}
