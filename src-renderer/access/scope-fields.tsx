/** Which scope a customer is asked for, what it is for, and the ids it carries. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { IdentityView } from '#shared/contract/keys.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { scopeIds } from './scope-template.ts'

export interface ScopeChoice {
  /** As the bank's data has it, with its `{id}`. */
  readonly template: string
  readonly ids: Readonly<Record<string, string>>
}

/** The sentence to stand below the field; null where the id can be sent. */
export function idProblem(value: string): string | null {
  if (value.trim() === '') return 'The scope needs this id.'
  return /\s/.test(value.trim()) ? 'An id has no spaces.' : null
}

export function ScopeFields({
  bank,
  identity,
  choice,
  onChange,
  told,
}: {
  readonly bank: BankDetail
  readonly identity: IdentityView | null
  readonly choice: ScopeChoice
  readonly onChange: (choice: ScopeChoice) => void
  readonly told: boolean
}) {
  const { template, ids } = choice
  const chosen = bank.scopes.find(({ scope }) => scope === template)
  const missing = (chosen?.roles ?? []).filter((role) => identity?.roles.every((have) => have !== role) === true)
  return (
    <>
      <SelectField
        label="Scope"
        value={template}
        onChange={(event) => onChange({ template: event.target.value, ids: {} })}
        hint={
          <>
            {chosen?.purpose}
            {missing.length > 0 && (
              <span className="text-caution"> The certificate lacks the role {missing.join(', ')}.</span>
            )}
          </>
        }
      >
        {bank.scopes.map(({ scope }) => (
          <option key={scope}>{scope}</option>
        ))}
      </SelectField>
      {scopeIds(template).map((name) => (
        <TextField
          key={name}
          label={name}
          value={ids[name] ?? ''}
          className="font-mono"
          problem={told ? idProblem(ids[name] ?? '') : null}
          onChange={(event) => onChange({ template, ids: { ...ids, [name]: event.target.value } })}
        />
      ))}
    </>
  )
}
