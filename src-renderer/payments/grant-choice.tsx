/** Whose token a call goes out with: those that fit first; below them every other one, for what the bank says to it. */
import type { Grant } from '#shared/contract/access.ts'
import { SelectField } from '../ui/field.tsx'

/** What a draft says to go without a token. */
export const withoutToken = 'none'

const standing = ({ accessTokenSecondsLeft, refreshable }: Grant): string =>
  accessTokenSecondsLeft > 0 ? '' : refreshable ? ' · is refreshed first' : ' · over'

const wordsOf = (grant: Grant): string =>
  `${grant.customer ?? 'customer not named'} · ${grant.identityName}${standing(grant)}`

export const fits = (scope: string, grant: Grant): boolean => grant.scope.split(' ').includes(scope)

export function GrantChoice({
  scope,
  grants,
  value,
  onChange,
}: {
  /** The bank asks for it. */
  readonly scope: string
  readonly grants: readonly Grant[]
  /** Id of a grant, or `withoutToken`; empty where none is chosen yet. */
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const others = grants.filter((grant) => !fits(scope, grant))
  return (
    <SelectField label="Grant" value={value} onChange={({ target }) => onChange(target.value)}>
      {value === '' && <option value="">Choose …</option>}
      {grants
        .filter((grant) => fits(scope, grant))
        .map((grant) => (
          <option key={grant.id} value={grant.id}>
            {wordsOf(grant)}
          </option>
        ))}
      <optgroup label="To see what the bank says to it">
        {others.map((grant) => (
          <option key={grant.id} value={grant.id}>
            {`Scope ${grant.scope} · ${wordsOf(grant)}`}
          </option>
        ))}
        <option value={withoutToken}>Without a token</option>
      </optgroup>
    </SelectField>
  )
}
