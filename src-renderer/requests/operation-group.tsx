/** The operations of one tag under its name, which folds them. */
import { Marked } from '../ui/marked.tsx'
import type { OperationGroup as Group } from './group-operations.ts'
import { OperationRow } from './operation-row.tsx'

export function OperationGroup({
  group: { tag, description, operations },
  words,
  open,
  onToggle,
  first,
}: {
  readonly group: Group
  readonly words: readonly string[]
  readonly open: boolean
  readonly onToggle: () => void
  /** The list's one tab stop. */
  readonly first: boolean
}) {
  return (
    <li data-group={tag}>
      <button
        type="button"
        tabIndex={first ? 0 : -1}
        data-name={tag}
        aria-expanded={open}
        title={description || undefined}
        onClick={onToggle}
        className="flex h-7 w-full items-center gap-1 px-2 text-left font-semibold -outline-offset-2 hover:bg-raised"
      >
        <span aria-hidden="true" className="w-3 text-xs text-muted">
          {open ? '▾' : '▸'}
        </span>
        <span className="min-w-0 flex-1 truncate">
          <Marked text={tag} words={words} />
        </span>
        <span className="text-sm font-normal text-muted">{operations.length}</span>
      </button>
      {open && (
        <ul aria-label={tag}>
          {operations.map((found) => (
            <OperationRow key={found.operation.id} found={found} words={words} />
          ))}
        </ul>
      )}
    </li>
  )
}
