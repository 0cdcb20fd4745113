/** The accounts of a grant, each with what tells it from the others; choosing one opens it. */
import { groupedIban } from './grouped-iban.ts'
import type { Account } from './read-account.ts'

export function AccountList({
  accounts,
  open,
  onOpen,
}: {
  readonly accounts: readonly Account[]
  readonly open: string | null
  readonly onOpen: (account: Account) => void
}) {
  return (
    <ul aria-label="Accounts" className="min-h-0 flex-1 overflow-auto">
      {accounts.map((account) => {
        const { id, name, product, iban, currency, owner, covers } = account
        return (
          <li key={id}>
            <button
              type="button"
              aria-current={id === open ? 'true' : undefined}
              onClick={() => onOpen(account)}
              className={`flex w-full flex-col gap-0.5 border-b border-line px-3 py-2 text-left -outline-offset-2 ${id === open ? 'bg-accent-soft' : 'hover:bg-raised'}`}
            >
              <span className="flex w-full items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate font-semibold">{name || product || id}</span>
                <span className="text-muted">{currency === 'XXX' ? 'several' : currency}</span>
              </span>
              {iban !== '' && <span className="font-mono text-sm wrap-anywhere">{groupedIban(iban)}</span>}
              {owner !== '' && <span className="truncate text-sm text-muted">{owner}</span>}
              {covers !== null && !covers.transactions && <span className="text-sm text-muted">no transactions</span>}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
