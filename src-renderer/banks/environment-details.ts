/** Environments in full, loaded when first asked for and anew when what is known of a bank changes. */
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { banks } from '../live-data.ts'
import { createResource, type Resource } from '../ui/resource.ts'

const made = new Map<string, Resource<EnvironmentDetail>>()

export function environmentDetail(bank: string, environment: string): Resource<EnvironmentDetail> {
  const key = `${bank}/${environment}`
  const known = made.get(key)
  if (known !== undefined) return known
  const resource = createResource(() => api.banks.environment({ bank, environment }))
  made.set(key, resource)
  void resource.refresh()
  return resource
}

/** What the engine answered to a change is shown at once, before the list of banks comes anew. */
export function putEnvironment(detail: EnvironmentDetail): void {
  environmentDetail(detail.bank, detail.id).setState({ value: detail, fault: null })
}

banks.subscribe((state, before) => {
  if (state.value === before.value || before.value === null) return
  for (const resource of made.values()) void resource.refresh()
})
