/** Banks and operations as the contract shows them. */
import type { BankEnvironment } from '#shared/bank-environment.ts'
import type { AssumptionView, BankDetail, BankView, OperationView } from '#shared/contract/banks.ts'
import { isCounted, presentHeader, takesPresence } from '#shared/presence.ts'
import type { Bank, Operation } from './bank.ts'

/** @param served whether the running sandbox serves the bank */
export function environmentView(
  bank: Bank,
  { id, name, kind, urls }: BankEnvironment,
  served: boolean,
): BankView['environments'][number] {
  const whole = Object.keys(bank.profile.hosts).every((host) => (urls[host] ?? '') !== '')
  return { id, name, kind, ready: whole || (kind === 'local-sandbox' && served) }
}

export function bankView(bank: Bank, sandboxServes: (id: string) => boolean): BankView {
  const served = sandboxServes(bank.id)
  return {
    id: bank.id,
    name: bank.name,
    operations: bank.operations.length,
    errors: bank.errors.length,
    source: bank.source,
    environments: bank.profile.environments.map((environment) => environmentView(bank, environment, served)),
  }
}

/** The bank's assumptions with what a person said about them at the environment the bank was opened at. */
export function assumptionViews(bank: Bank): (AssumptionView & { operations: string[] })[] {
  const all = bank.operations.map((operation) => operation.id)
  return bank.profile.assumptions.map(({ id, text, reason, adjust, operations }) => {
    const said = bank.override?.assumptions[id]
    return {
      id,
      text,
      reason,
      state: said?.state ?? 'assumed',
      instead: said?.state === 'differs' ? said.instead : null,
      adjust,
      operations: operations === 'all' ? all : operations,
    }
  })
}

function challengeOf(access: Bank['profile']['access']): BankDetail['challenge'] {
  if (access?.flow !== 'redirect-challenge') return null
  const { status, link, returnHeader } = access
  return { status, link, returnHeader }
}

function presenceOf({ profile, operations }: Bank): BankDetail['presence'] {
  const takenBy = operations.filter((operation) => takesPresence(profile, operation))
  if (takenBy.length === 0) return null
  const ids = (those: typeof operations) => those.map(({ id }) => id)
  return {
    header: presentHeader(profile),
    takenBy: ids(takenBy),
    counted: ids(takenBy.filter((operation) => isCounted(profile, operation))),
  }
}

/** Everything about a bank but its operations and rows. */
export function bankDetail(bank: Bank, sandboxServes: (id: string) => boolean): BankDetail {
  const { country, source: document, hosts, access, registration, statuses, unattended, signing } = bank.profile
  const oauth = access?.flow === 'oauth-code' ? access : null
  return {
    ...bankView(bank, sandboxServes),
    country,
    document,
    hosts: Object.entries(hosts).map(([id, host]) => ({ id, ...host })),
    tags: [...bank.tags],
    flow: access?.flow ?? null,
    tokenOrigin: access?.flow === 'bearer' ? access.origin : null,
    challenge: challengeOf(access),
    signing: signing.scheme,
    scopes: access !== undefined && 'scopes' in access ? access.scopes : [],
    customerParameters: oauth?.customerParameters ?? [],
    lifetimes: access !== undefined && 'lifetimes' in access ? (access.lifetimes ?? null) : null,
    registration:
      registration === undefined ? null : { operation: registration.operation, portalSteps: registration.portalSteps },
    statuses,
    unattended:
      unattended === undefined ? null : { perDay: unattended.perDay, presentHeader: unattended.presentHeader },
    presence: presenceOf(bank),
    accounts: bank.profile.accounts ?? null,
    fundsConfirmation: bank.profile.fundsConfirmation ?? null,
    resources: bank.profile.resources ?? [],
    returnHeader: access !== undefined && 'returnHeader' in access ? (access.returnHeader ?? null) : null,
    applications: bank.profile.applications ?? null,
    products: bank.profile.products ?? null,
    customerPages: bank.profile.customerPages,
    assumptions: assumptionViews(bank).map(({ operations: _, ...assumption }) => assumption),
  }
}

function notOffered({ availability }: Operation): OperationView['notOffered'] {
  const refused = (kind: 'production' | 'bank-sandbox') =>
    availability !== null && !availability[kind] ? availability.reason : null
  return { production: refused('production'), 'bank-sandbox': refused('bank-sandbox'), 'local-sandbox': null }
}

export function operationViews(bank: Bank): OperationView[] {
  const assumptions = new Map(
    assumptionViews(bank).map(({ operations: _, ...assumption }) => [assumption.id, assumption]),
  )
  const errors = new Map<string, string[]>()
  for (const row of bank.errors) for (const id of row.operations) errors.set(id, [...(errors.get(id) ?? []), row.id])
  return bank.operations.map((operation) => ({
    id: operation.id,
    method: operation.method,
    path: operation.path,
    title: operation.title,
    tags: [...operation.tags],
    assumptions: operation.assumptions.flatMap((id) => assumptions.get(id) ?? []),
    description: operation.description,
    errors: errors.get(operation.id) ?? [],
    scope: operation.scope,
    tokenOptional: operation.tokenOptional,
    browser: bank.profile.hosts[operation.host]?.browser ?? false,
    notOffered: notOffered(operation),
    simulated: operation.availability?.['local-sandbox'] === 'simulated',
    ...(operation.secrets === undefined ? {} : { secrets: [...operation.secrets.request] }),
  }))
}
