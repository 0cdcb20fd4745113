/** Steps the application does not offer now, for whoever wants to see what the bank says to them: sent all the same, or changed in Requests first. */
import { succeeded } from '../exchange/exchange-line.tsx'
import { Button } from '../ui/button.tsx'
import { followOrder } from './order-polling.ts'
import { useIsBusy } from './step-line.tsx'
import { allNamesOf } from './step-names.ts'
import { beginSigning, callStep, type Desk, type DeskKind, openStep, readApplication } from './steps.ts'

/** Where the bank takes it after all, the view goes on from there. */
async function sendAnyway(desk: Desk, which: DeskKind, operation: string): Promise<void> {
  const { kind } = which
  const way = kind.sign.find(({ begin }) => begin === operation)
  if (way !== undefined || kind.pages.some(({ begin }) => begin === operation)) {
    const begun = await beginSigning(desk, which, { operation, parameters: {} }, 'application')
    if (begun !== null && way?.how === 'order') await followOrder(desk, which, way)
    return
  }
  const exchange = await callStep(desk, 'application', operation)
  if (operation === kind.verify && exchange !== null && succeeded(exchange)) await readApplication(desk, which)
}

function OtherStep({
  desk,
  which,
  operation,
  name,
}: {
  readonly desk: Desk
  readonly which: DeskKind
  readonly operation: string
  readonly name: string
}) {
  const busy = useIsBusy(desk.grant, 'application')
  return (
    <li className="col-span-full grid grid-cols-subgrid items-center">
      <span className="text-muted">{name}</span>
      {/* Answers are typed in the form, which sends what there is. */}
      {operation === which.kind.questions?.post ? (
        <span />
      ) : (
        <Button
          kind="quiet"
          className="h-6"
          busy={busy}
          aria-label={`Send anyway: ${name}`}
          onClick={() => void sendAnyway(desk, which, operation)}
        >
          Send anyway
        </Button>
      )}
      <Button
        kind="quiet"
        className="h-6"
        aria-label={`Open as request: ${name}`}
        onClick={() => openStep(desk, operation)}
      >
        Open as request
      </Button>
    </li>
  )
}

export function OtherSteps({
  desk,
  kinds,
  offered,
}: {
  readonly desk: Desk
  readonly kinds: readonly DeskKind[]
  /** Operations that have a button of their own. */
  readonly offered: ReadonlySet<string>
}) {
  return (
    <details>
      <summary className="text-muted">Another step …</summary>
      <div className="flex flex-col gap-2 pt-2">
        <p className="text-muted">
          Not among what the last answer lists, so the bank is expected to refuse it: to be seen, or shown to somebody.
        </p>
        {kinds.map((which) => (
          <section key={which.kind.kind} aria-label={`Other steps: ${which.kind.name}`}>
            {kinds.length > 1 && <h3 className="text-sm text-muted">{which.kind.name}</h3>}
            <ul className="grid w-fit grid-cols-[auto_auto_auto] justify-items-start gap-x-2">
              {[...allNamesOf(which)]
                .filter(([operation]) => !offered.has(operation))
                .map(([operation, name]) => (
                  <OtherStep key={operation} desk={desk} which={which} operation={operation} name={name} />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </details>
  )
}
