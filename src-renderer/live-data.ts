/** What the engine knows and several views show, kept fresh by the engine's own word of what has changed. */
import type { Change } from '#shared/contract/workspace.ts'
import { api, useConnection } from './api.ts'
import { createResource, type Resource } from './ui/resource.ts'

export const banks = createResource(() => api.banks.list())
export const identities = createResource(() => api.keys.list())
export const grants = createResource(() => api.access.list())
export const registrations = createResource(() => api.access.registrations())
/** Consents, payments, baskets and applications that were created here, at every bank. */
export const remembered = createResource(() => api.access.consents({}))
export const keyStore = createResource(() => api.workspace.keyStore())
export const sandboxStatus = createResource(() => api.sandbox.status())
export const recentHistory = createResource(() => api.history.list({ limit: 200 }))
export const runningCalls = createResource(() => api.requests.running())

/** Every resource that was made for one bank. */
const perBankResources: Resource<never>[] = []

/** One resource per bank, made and loaded when first asked for; what failed is tried again when anything changes. */
function perBank<Value>(load: (bank: string) => Promise<Value>): (bank: string) => Resource<Value> {
  const made = new Map<string, Resource<Value>>()
  return (bank) => {
    const known = made.get(bank)
    if (known) return known
    const resource = createResource(() => load(bank))
    made.set(bank, resource)
    perBankResources.push(resource as unknown as Resource<never>)
    void resource.refresh()
    return resource
  }
}

export const bankDetail = perBank((bank) => api.banks.describe({ bank }))
export const bankOperations = perBank((bank) => api.banks.operations({ bank }))
const errorsOf = perBank((bank) => api.banks.errors(bank === '' ? { words: [] } : { bank }))
export const bankErrors = errorsOf
/** The whole error reference, loaded when first asked for. */
export const allErrors = () => errorsOf('')
export const sandboxCustomers = perBank((bank) => api.sandbox.customers({ bank }))

const everything = [
  banks,
  identities,
  grants,
  registrations,
  remembered,
  keyStore,
  sandboxStatus,
  recentHistory,
  runningCalls,
]

const byArea: Record<Change['area'], readonly Resource<never>[]> = {
  banks: [banks],
  keys: [identities],
  access: [grants, registrations, remembered],
  requests: [runningCalls],
  history: [recentHistory],
  sandbox: [sandboxStatus, banks],
  workspace: [keyStore],
} as unknown as Record<Change['area'], readonly Resource<never>[]>

export async function refreshAll(): Promise<void> {
  await Promise.all(everything.map((resource) => resource.refresh()))
}

async function followOnce(): Promise<void> {
  for await (const change of await api.workspace.changes()) {
    const failed = perBankResources.filter((resource) => change.area === 'banks' || resource.getState().fault !== null)
    await Promise.all([...byArea[change.area], ...failed].map((resource) => resource.refresh()))
  }
}

/** Runs as long as the window: after every break of the connection all is loaded anew. */
export async function follow(): Promise<void> {
  for (;;) {
    try {
      await Promise.all([refreshAll(), followOnce()])
    } catch {
      // The connection broke; `api` waits for the next one by itself.
    }
    if (useConnection.getState().state === 'refused') return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
