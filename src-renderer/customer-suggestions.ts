/** The customers of the local sandbox where a bank asks by what it knows one (`PSU-ID`, `ssn`): offered, never filled in. */
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import { useApp } from './app-state.ts'
import { banks, sandboxCustomers } from './live-data.ts'
import type { Suggestion } from './ui/field.tsx'
import { createResource } from './ui/resource.ts'

const nobody = createResource(async (): Promise<SandboxCustomer[]> => [])
const none: readonly Suggestion[] = []

/** Several may share a value: who signs for a company. */
function suggestionsFor(customers: readonly SandboxCustomer[], name: string): readonly Suggestion[] {
  const wanted = name.toLowerCase()
  const known = new Map<string, string[]>()
  for (const customer of customers)
    for (const [parameter, value] of Object.entries(customer.parameters))
      if (parameter.toLowerCase() === wanted) known.set(value, [...(known.get(value) ?? []), customer.name])
  return known.size === 0 ? none : [...known].map(([value, names]) => ({ value, label: names.join(', ') }))
}

/** @returns values for a parameter of this name; none at a real bank, and none for what no customer has */
export function useCustomerSuggestions(name: string): readonly Suggestion[] {
  const { bank, environment } = useApp()
  const here = banks()
    .value?.find(({ id }) => id === bank)
    ?.environments.find(({ id }) => id === environment)
  const local = here?.kind === 'local-sandbox' && here.ready
  const customers = (local ? sandboxCustomers(bank) : nobody)()
  return customers.value === null ? none : suggestionsFor(customers.value, name)
}
