/** Accounts a consent may be asked for: those that earlier calls told of, and at the local sandbox those of its customers. */
import type { BankDetail } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { ibansIn } from './account-access.ts'

/** Exchanges that are opened: the newest of each operation say what there is. */
const mostOpened = 12
const mostListed = 200
/** More than anyone picks from; a bank's whole book is no choice. */
const mostAccounts = 50

function jsonOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

/** Operations whose bodies name accounts: those of the bank's account views and the creations of consents. */
async function tellingOperations({ id, tags, resources }: BankDetail): Promise<ReadonlySet<string>> {
  const about = new Set(tags.filter(({ view }) => view === 'accounts' || view === 'funds').map(({ name }) => name))
  const operations = await api.banks.operations({ bank: id })
  const reading = operations.filter(({ tags: own }) => own.some((name) => about.has(name)))
  const creating = resources.filter(({ kind }) => kind === 'consent').map(({ create }) => create)
  return new Set([...reading.map((operation) => operation.id), ...creating])
}

/** IBANs, those of the newest call first. With the key store closed bodies cannot be read, and there are none. */
export async function knownAccounts(bank: BankDetail, environment: string): Promise<readonly string[]> {
  const [telling, rows] = await Promise.all([
    tellingOperations(bank),
    api.history.list({ bank: bank.id, environment, status: '2xx', limit: mostListed }),
  ])
  const wanted = rows
    .filter(({ operation, bodies }) => telling.has(operation) && bodies === 'kept')
    .slice(0, mostOpened)
  const exchanges = await Promise.all(wanted.map(({ id }) => api.history.show({ id }).catch(() => null)))
  const found = new Set<string>()
  for (const exchange of exchanges) {
    ibansIn(jsonOf(exchange?.request.body), found)
    ibansIn(jsonOf(exchange?.response?.body), found)
  }
  return [...found].slice(0, mostAccounts)
}

export interface SandboxAccount {
  readonly iban: string
  /** Who it belongs to, and so who authorises. */
  readonly holders: string
}

const isIban = (text: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(text)

/** None where the sandbox cannot be asked: the form does without. @param tenant organizationIdentifier */
export async function sandboxAccounts(bank: string, tenant: string): Promise<readonly SandboxAccount[]> {
  const state = await api.sandbox.state({ tenant, bank }).catch(() => null)
  return (state?.banks ?? []).flatMap(({ accounts }) =>
    accounts.flatMap(({ id, title, facts: { iban = id, holders = title } }) =>
      isIban(iban) ? [{ iban, holders }] : [],
    ),
  )
}
