/** Whose log, clock and faults are shown: state in the sandbox is kept per organizationIdentifier. */
import { inputClass } from '../ui/field.tsx'
import type { Tenants } from './use-tenants.ts'

export function TenantChoice({ tenants }: { readonly tenants: Tenants }) {
  if (tenants.chosen === null) return null
  return (
    <label className="flex items-center gap-2 pr-2">
      <span className="text-muted">Tenant</span>
      <select
        value={tenants.chosen}
        onChange={(event) => tenants.choose(event.target.value)}
        className={`${inputClass} max-w-80`}
      >
        {tenants.all.map(({ id, names }) => (
          <option key={id} value={id}>
            {id} ({names})
          </option>
        ))}
      </select>
    </label>
  )
}
