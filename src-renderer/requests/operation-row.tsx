/** One operation of the catalogue: what it is called, whether the bank offers it, whether something in it is assumed. */
import type { OperationView } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { MethodName } from '../exchange/method-name.tsx'
import { useSelection } from '../selection.ts'
import { Badge } from '../ui/badge.tsx'
import { openDraft, useDrafts } from './open-drafts.ts'
import { useOffers } from './operation-details.ts'

export function OperationRow({ operation }: { readonly operation: OperationView }) {
  const { bank } = useApp()
  const { environment } = useSelection()
  const { drafts, front } = useDrafts()
  const { id, method, path, title, assumptions } = operation
  const offer = useOffers()[bank]?.[id]
  const refused = environment === null ? null : (offer?.notOffered[environment.kind] ?? null)
  const inFront = drafts.some((draft) => draft.id === front && draft.bank === bank && draft.operation === id)
  return (
    <li>
      <button
        type="button"
        tabIndex={-1}
        aria-current={inFront ? 'true' : undefined}
        title={`${title}\n${method} ${path}${refused === null ? '' : `\n${refused}`}`}
        onClick={() => openDraft(bank, id)}
        className={`flex h-7 w-full items-center gap-1.5 pr-2 pl-4 text-left -outline-offset-2 ${inFront ? 'bg-accent-soft' : 'hover:bg-raised'} ${refused === null ? '' : 'text-muted'}`}
      >
        <MethodName method={method} muted={refused !== null} />
        <span className="min-w-0 flex-1 truncate">{title}</span>
        {refused !== null && <Badge title={refused}>not offered</Badge>}
        {refused === null && assumptions.length > 0 && (
          <span
            className="shrink-0 text-xs text-muted"
            title={assumptions.map(({ text, reason }) => `${text} ${reason}`).join('\n')}
          >
            <span aria-hidden="true" className="xl:hidden">
              ≈
            </span>
            <span className="max-xl:sr-only">assumed</span>
          </span>
        )}
      </button>
    </li>
  )
}
