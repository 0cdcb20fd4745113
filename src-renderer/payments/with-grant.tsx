/** Whose grant is used for what is done in a view; where none fits, the step that gets one. */
import { type ReactNode, useState } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { useSelection } from '../selection.ts'
import { SelectField } from '../ui/field.tsx'
import { ScopeStep } from './scope-step.tsx'

export function WithGrant({
  bank,
  environment,
  scope,
  children,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly scope: string
  /** @param grant id of it */
  readonly children: (grant: string) => ReactNode
}) {
  const { grants } = useSelection()
  const [chosen, setChosen] = useState<string | null>(null)
  const fitting = grants.filter((grant) => grant.scope === scope)
  const grant = fitting.find(({ id }) => id === chosen) ?? fitting[0]
  if (grant === undefined)
    return (
      <>
        <p>
          A customer has to allow it first: scope <span className="font-mono">{scope}</span>.
        </p>
        <ScopeStep bank={bank} environment={environment} scope={scope} label={`Authorise ${scope}`} />
      </>
    )
  const standing = (seconds: number, refreshable: boolean) =>
    seconds > 0 ? '' : refreshable ? ' · is refreshed first' : ' · over'
  return (
    <>
      <SelectField label="Grant" value={grant.id} onChange={({ target }) => setChosen(target.value)}>
        {fitting.map(({ id, customer, identityName, accessTokenSecondsLeft, refreshable }) => (
          <option key={id} value={id}>
            {`${customer ?? 'customer not named'} · ${identityName}${standing(accessTokenSecondsLeft, refreshable)}`}
          </option>
        ))}
      </SelectField>
      {children(grant.id)}
    </>
  )
}
