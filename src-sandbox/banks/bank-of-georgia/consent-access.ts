/** What a consent lets the TPP see of which account. */
import type { AccountReference, Consent, ConsentAccess } from './bog-state.ts'
import { type BogAccount, bogAccounts } from './customers.ts'

export interface Rights {
  /** In the list at all. */
  readonly visible: boolean
  readonly balances: boolean
  readonly transactions: boolean
  /** Currencies of the account that are covered. */
  readonly currencies: BogAccount['currencies']
  readonly ownerName: boolean
}

const lists = ({ accounts = [], balances = [], transactions = [] }: ConsentAccess): AccountReference[] => [
  ...accounts,
  ...balances,
  ...transactions,
]

export const referencesOf = (access: ConsentAccess): readonly AccountReference[] => lists(access)

/** Empty lists leave it to the customer, who in the sandbox always picks everything. */
const isBankOffered = (access: ConsentAccess): boolean =>
  lists(access).length === 0 &&
  [access.accounts, access.balances, access.transactions].some((list) => list !== undefined)

const names = (list: readonly AccountReference[] | undefined, account: BogAccount): readonly AccountReference[] =>
  (list ?? []).filter(({ iban }) => iban === account.iban)

/** A reference with a currency means that part of a multicurrency account only. */
function coveredCurrencies(references: readonly AccountReference[], account: BogAccount): BogAccount['currencies'] {
  if (references.length === 0 || references.some(({ currency }) => currency === undefined)) return account.currencies
  return account.currencies.filter(({ currency }) => references.some((one) => one.currency === currency))
}

export function rightsOn({ access, signedBy }: Pick<Consent, 'access' | 'signedBy'>, account: BogAccount): Rights {
  const own = account.holders.some((holder) => signedBy.includes(holder))
  const all = access.allPsd2 !== undefined || isBankOffered(access)
  const listed = access.availableAccounts ?? access.availableAccountsWithBalance
  const balances = names(access.balances, account)
  const transactions = names(access.transactions, account)
  const references = [...names(access.accounts, account), ...balances, ...transactions]
  const currencies = coveredCurrencies(references, account)
  const covered = own && currencies.length > 0
  return {
    visible: covered && (all || listed !== undefined || references.length > 0),
    balances:
      covered &&
      ((all && (access.allPsd2 !== undefined || access.balances !== undefined)) ||
        access.availableAccountsWithBalance !== undefined ||
        balances.length > 0),
    transactions:
      covered &&
      ((all && (access.allPsd2 !== undefined || access.transactions !== undefined)) || transactions.length > 0),
    currencies,
    ownerName: [access.allPsd2, listed].includes('allAccountsWithOwnerName') || references.length > 0,
  }
}

export const visibleAccounts = (consent: Consent): BogAccount[] =>
  bogAccounts.filter((account) => rightsOn(consent, account).visible)
