/** Banks, operations and error rows as the contract shows them. */
import type { BankView, ErrorView, OperationView } from '#shared/contract/banks.ts'
import type { Bank } from './bank.ts'

export function bankView(bank: Bank, sandboxServes: (id: string) => boolean): BankView {
  const hosts = Object.keys(bank.profile.hosts)
  return {
    id: bank.id,
    name: bank.name,
    operations: bank.operations.length,
    errors: bank.errors.length,
    source: bank.source,
    environments: bank.profile.environments.map(({ id, name, kind, urls }) => ({
      id,
      name,
      kind,
      ready: kind === 'local-sandbox' ? sandboxServes(bank.id) : hosts.every((host) => (urls[host] ?? '') !== ''),
    })),
  }
}

export function operationViews(bank: Bank): OperationView[] {
  const assumptions = new Map(bank.profile.assumptions.map(({ id, text, reason }) => [id, { id, text, reason }]))
  return bank.operations.map((operation) => ({
    id: operation.id,
    method: operation.method,
    path: operation.path,
    title: operation.title,
    tags: [...operation.tags],
    assumptions: operation.assumptions.flatMap((id) => assumptions.get(id) ?? []),
  }))
}

/** Rows that hold every word in some field, upper and lower case alike. */
export function searchErrors(banks: readonly Bank[], words: readonly string[]): ErrorView[] {
  const needles = words.map((word) => word.toLowerCase())
  const views = banks.flatMap((bank) =>
    bank.errors.map(({ id, area, http, code, title, detail, cause, fix }) => ({
      id,
      bank: bank.id,
      area,
      http,
      code,
      title,
      detail,
      cause,
      fix,
    })),
  )
  return views.filter((view) => {
    const hay = Object.values(view).join('\n').toLowerCase()
    return needles.every((needle) => hay.includes(needle))
  })
}
