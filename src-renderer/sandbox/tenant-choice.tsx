/** Whose log, state, faults and clock are shown, and what of theirs is not as it usually is. */
import { Badge } from '../ui/badge.tsx'
import { inputClass } from '../ui/field.tsx'
import { durationWords } from './offset-words.ts'
import { nobody, type TenantOption, type Tenants } from './use-tenants.ts'

function optionWords({ id, names }: TenantOption): string {
  if (id === nobody) return '- (calls without a known certificate)'
  return names.length === 0 ? id : `${id} (${names.join(', ')})`
}

export function TenantChoice({ tenants }: { readonly tenants: Tenants }) {
  const { chosen, all, choose } = tenants
  if (chosen === null) return null
  const offset = chosen.known?.offsetSeconds ?? 0
  return (
    <div className="flex min-w-0 items-center gap-2 pr-2">
      {offset !== 0 && (
        <Badge tone="caution" title="The clock of this tenant’s banks is moved">
          clock {offset > 0 ? '+' : '−'}
          {durationWords(offset, 2)}
        </Badge>
      )}
      <label className="flex min-w-0 items-center gap-2">
        <span className="text-muted">Tenant</span>
        <select
          value={chosen.id}
          title={optionWords(chosen)}
          onChange={(event) => choose(event.target.value)}
          className={`${inputClass} max-w-72 max-xl:max-w-52`}
        >
          {all.map((option) => (
            <option key={option.id} value={option.id}>
              {optionWords(option)}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
