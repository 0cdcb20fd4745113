/** Banks, operations and error rows as the contract shows them. */
import type { BankDetail, BankView, ErrorView, OperationView } from '#shared/contract/banks.ts'
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

/** Everything about a bank but its operations and rows. */
export function bankDetail(bank: Bank, sandboxServes: (id: string) => boolean): BankDetail {
  const { country, source: document, hosts, access, registration, statuses, unattended, assumptions } = bank.profile
  return {
    ...bankView(bank, sandboxServes),
    country,
    document,
    hosts: Object.entries(hosts).map(([id, host]) => ({ id, ...host })),
    tags: [...new Set(bank.operations.flatMap((operation) => operation.tags))],
    scopes: access?.scopes ?? [],
    customerParameters: access?.customerParameters ?? [],
    lifetimes: access?.lifetimes ?? null,
    registration:
      registration === undefined ? null : { operation: registration.operation, portalSteps: registration.portalSteps },
    statuses,
    unattended: unattended ?? null,
    assumptions: assumptions.map(({ id, text, reason }) => ({ id, text, reason })),
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
