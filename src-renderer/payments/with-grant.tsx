/** Whose grant is used for what is done in a view; where none fits, the step that gets one. */
import { type ReactNode, useState } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { useSelection } from '../selection.ts'
import { fits, GrantChoice, withoutToken } from './grant-choice.tsx'
import { ScopeStep } from './scope-step.tsx'

/** Folded: a call that goes out with another token than the bank asks for, or with none. */
export function WithAnotherToken({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <details className="rounded-md border border-line px-3 py-2">
      <summary>
        {words} <span className="text-muted">(to see what the bank says)</span>
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  )
}

export function WithGrant({
  bank,
  environment,
  scope,
  children,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly scope: string
  /** @param grant id of it, or what a draft says to go without one */
  readonly children: (grant: string) => ReactNode
}) {
  const { grants } = useSelection()
  const [chosen, setChosen] = useState<string | null>(null)
  const fitting = grants.find((grant) => fits(scope, grant))
  const known = chosen === withoutToken || grants.some(({ id }) => id === chosen)
  const grant = known ? chosen! : (fitting?.id ?? '')
  const choice = <GrantChoice scope={scope} grants={grants} value={grant} onChange={setChosen} />
  if (fitting !== undefined)
    return (
      <>
        {choice}
        {children(grant)}
      </>
    )
  return (
    <>
      <p>
        A customer has to allow it first: scope <span className="font-mono">{scope}</span>.
      </p>
      <ScopeStep bank={bank} environment={environment} scope={scope} label={`Authorise ${scope}`} />
      <WithAnotherToken words="Go on without that token">{choice}</WithAnotherToken>
      {grant !== '' && children(grant)}
    </>
  )
}
