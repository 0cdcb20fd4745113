/** The PSD2 roles an ordered certificate shall carry. */
import type { Role } from '#shared/contract/keys.ts'
import { roleWords } from './role-words.ts'

const usual: readonly Role[] = ['PSP_AI', 'PSP_PI']
const offered: readonly Role[] = ['PSP_AI', 'PSP_PI', 'PSP_IC', 'PSP_AS']

export function RoleChoice({ problem }: { readonly problem: string | null }) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm text-muted">Roles</legend>
      {offered.map((role) => (
        <label key={role} className="flex h-6 items-center gap-2">
          <input
            type="checkbox"
            name="roles"
            value={role}
            defaultChecked={usual.includes(role)}
            className="accent-accent"
          />
          <span className="w-16 font-mono text-sm">{role}</span>
          {roleWords[role]}
        </label>
      ))}
      {problem !== null && (
        <div role="alert" className="text-sm text-bad">
          {problem}
        </div>
      )}
    </fieldset>
  )
}
