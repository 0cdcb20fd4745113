/** One operation of the catalogue: what it is called, whether the bank offers it, whether something in it is assumed. */
import type { AssumptionView, OperationView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { MethodName } from '../exchange/method-name.tsx'
import { useSelection } from '../selection.ts'
import { Badge } from '../ui/badge.tsx'
import { Marked } from '../ui/marked.tsx'
import type { FoundOperation } from './group-operations.ts'
import { openDraft, useDrafts } from './open-drafts.ts'

/** A sign, because the word would leave no room for the name; screen readers and the tooltip have the word. */
function Mark({ sign, word, title }: { readonly sign: string; readonly word: string; readonly title: string }) {
  return (
    <span className="shrink-0 text-xs text-muted" title={title}>
      <span aria-hidden="true">{sign}</span>
      <span className="sr-only">{word}</span>
    </span>
  )
}

const assumed = (assumptions: readonly AssumptionView[]): readonly AssumptionView[] =>
  assumptions.filter(({ state }) => state === 'assumed')

function assumedTitle(assumptions: readonly AssumptionView[]): string {
  const [first, ...more] = assumptions
  const only = `Assumed: ${first?.text} ${first?.reason}`
  return more.length === 0 ? only : `${assumptions.length} things are assumed here: see About`
}

function Marks({ operation, refused }: { readonly operation: OperationView; readonly refused: string | null }) {
  const { environment } = useSelection()
  const open = assumed(operation.assumptions)
  if (refused !== null) return <Badge title={refused}>not offered</Badge>
  return (
    <>
      {operation.simulated && environment?.kind === 'local-sandbox' && (
        <Badge tone="caution" title="The local sandbox answers, although the bank does not offer it">
          simulated
        </Badge>
      )}
      {open.length > 0 && <Mark sign="≈" word="assumed" title={assumedTitle(open)} />}
    </>
  )
}

export function OperationRow({
  found: { operation, reason },
  words,
}: {
  readonly found: FoundOperation
  readonly words: readonly string[]
}) {
  const { bank } = useApp()
  const { environment } = useSelection()
  const { drafts, front } = useDrafts()
  const { id, method, path, title } = operation
  const refused = environment === null ? null : operation.notOffered[environment.kind]
  const inFront = drafts.some((draft) => draft.id === front && draft.bank === bank && draft.operation === id)
  return (
    <li>
      <button
        type="button"
        tabIndex={-1}
        data-name={title}
        aria-current={inFront ? 'true' : undefined}
        title={`${title}\n${method} ${path}${refused === null ? '' : `\n${refused}`}`}
        onClick={() => openDraft(bank, id)}
        className={`flex min-h-7 w-full flex-col justify-center pr-2 pl-4 text-left -outline-offset-2 ${inFront ? 'bg-accent-soft' : 'hover:bg-raised'} ${refused === null ? '' : 'text-muted'}`}
      >
        <span className="flex w-full items-center gap-1.5">
          <MethodName method={method} muted={refused !== null} />
          <span className="line-clamp-2 min-w-0 flex-1 py-0.5 leading-4">
            <Marked text={title} words={words} />
          </span>
          <Marks operation={operation} refused={refused} />
        </span>
        {operation.browser && (
          <span className="pb-1 pl-[3.375rem] text-xs text-muted">
            opened in the browser <span aria-hidden="true">↗</span>
          </span>
        )}
        {words.length > 0 && (
          <span className="w-full truncate pb-1 pl-[3.375rem] text-xs text-muted">
            {reason === null ? (
              <span className="font-mono">
                <Marked text={path} words={words} />
              </span>
            ) : (
              <Marked text={reason} words={words} />
            )}
          </span>
        )}
      </button>
    </li>
  )
}
