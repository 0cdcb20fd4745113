/** How often a search is found in the other banks: one press goes there and keeps the words. */
import { choose, useApp } from '../app-state.ts'
import { bankErrors, banks } from '../live-data.ts'
import { environmentAt } from './environment-at.ts'
import { countOf, groupOperations } from './group-operations.ts'
import { operationsAt } from './operation-details.ts'

/** An own component per bank: each follows its own two lists. */
function Bank({
  id,
  name,
  environment,
  words,
}: {
  readonly id: string
  readonly name: string
  readonly environment: string
  readonly words: readonly string[]
}) {
  const operations = operationsAt(id, environment)().value ?? []
  const errors = new Map((bankErrors(id)().value ?? []).map((row) => [row.id, row]))
  const count = countOf(groupOperations(operations, words, [], errors))
  if (count === 0) return null
  return (
    <li>
      <button
        type="button"
        tabIndex={-1}
        data-name={name}
        onClick={() => choose({ bank: id, environment })}
        className="flex h-7 w-full items-center gap-1 pr-2 pl-6 text-left text-muted -outline-offset-2 hover:bg-raised"
      >
        <span className="min-w-0 flex-1 truncate">in {name}</span>
        <span className="text-sm">{count} ›</span>
      </button>
    </li>
  )
}

export function OtherBanks({ words }: { readonly words: readonly string[] }) {
  const { bank: shown, environment } = useApp()
  const others = (banks().value ?? []).filter(({ id }) => id !== shown)
  return others.map((bank) => (
    <Bank key={bank.id} id={bank.id} name={bank.name} environment={environmentAt(bank, environment)} words={words} />
  ))
}
