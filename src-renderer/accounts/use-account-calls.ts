/** Everything a call about accounts needs, for the bank, environment, identity and grant at hand. */
import { useEffect } from 'react'
import type { AccountProfile } from '#shared/account-profile.ts'
import type { Grant } from '#shared/contract/access.ts'
import type { BankDetail, OperationDetail, ParameterView } from '#shared/contract/banks.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { grants as allGrants } from '../live-data.ts'
import { customerOfGrant, type Presence, usePresence } from '../presence.ts'
import type { Selection } from '../selection.ts'
import { createResource } from '../ui/resource.ts'
import { useLoaded } from '../ui/use-loaded.ts'
import {
  accountDraft,
  type CallParts,
  filledBy,
  idsOf,
  openParameters,
  presenceHeader,
  standingConsent,
} from './account-call.ts'
import { useAccountsView } from './accounts-view.ts'

export const consents = createResource(() => api.access.consents({}))

export interface AccountCalls {
  readonly bank: BankDetail
  readonly profile: AccountProfile
  readonly environment: string
  /** Grants that open the list of accounts; empty also where none is needed. */
  readonly grants: readonly Grant[]
  readonly grant: Grant | null
  /** Whether a call can be made: a grant is there, or none is needed. */
  readonly ready: boolean
  /** Name of what was read with this grant. */
  readonly book: string
  readonly operation: (id: string) => OperationDetail | null
  readonly header: string | null
  readonly presence: Presence
  /** Parameters a person has to give. */
  readonly open: readonly ParameterView[]
  readonly draft: (operation: string, own?: Readonly<Record<string, string>>, path?: string) => DraftInput
}

function operationsOf({ list, details, balances, transactions }: AccountProfile): readonly string[] {
  const others = [details?.operation, balances?.operation, transactions?.details?.operation]
  return [list.operation, ...others, ...(transactions?.ways ?? []).map(({ operation }) => operation)].filter(
    (id) => id !== undefined,
  )
}

/** Parameters the view fills in itself, whatever the grant. */
function ownParameters({ parameter, transactions }: AccountProfile): readonly string[] {
  const { ways = [], span, choice, details } = transactions ?? {}
  const paged = ways.flatMap(({ paging }) => (paging === undefined || paging.by === 'link' ? [] : [paging.parameter]))
  const sizes = ways.flatMap(({ paging }) =>
    paging === undefined || paging.by === 'link' ? [] : [paging.size?.parameter],
  )
  const spoken = [span?.from, span?.to, choice?.parameter, details?.parameter]
  return [parameter, ...paged, ...sizes, ...spoken].filter((name) => name !== undefined)
}

function usable(operation: OperationDetail | undefined, selection: Selection) {
  const fits = selection.grants.filter((grant) => operation !== undefined && idsOf(operation, grant) !== null)
  return operation?.scope == null ? selection.grants : fits
}

export function useAccountCalls(
  bank: BankDetail,
  profile: AccountProfile,
  selection: Selection,
): { readonly calls: AccountCalls | null; readonly fault: Fault | null } {
  const environment = selection.environment?.id ?? ''
  const [view] = useAccountsView(bank.id, environment)
  const { value, fault } = useLoaded(`${bank.id} ${environment}`, () =>
    Promise.all(
      operationsOf(profile).map((operation) => api.banks.operation({ bank: bank.id, environment, operation })),
    ),
  )
  const remembered = consents().value ?? []
  useEffect(() => {
    void consents.refresh()
    void allGrants.refresh()
  }, [])
  const list = value?.find(({ id }) => id === profile.list.operation)
  const grants = usable(list, selection)
  const grant = grants.find(({ id }) => id === view.grant) ?? grants[0] ?? null
  const header = value === null ? null : presenceHeader(bank, value)
  const free = grant === null && list?.tokenOptional === true
  const consent = free ? standingConsent(bank, environment, remembered) : null
  // A catalogue without a grant has no customer of its own: whoever asks there is asked for once.
  const nobody = consent?.id ?? `accounts ${bank.id} ${environment}`
  const customer = grant === null ? nobody : customerOfGrant(grant, remembered)
  const presence = usePresence(bank, environment, customer, header)
  if (value === null) return { calls: null, fault }
  const place = { bank: bank.id, environment, identity: selection.identity?.id ?? null, grant, consent }
  const parts: CallParts = { place, bank, consents: remembered, presence: presence.parameters, typed: view.typed }
  const filled = [...filledBy(parts, value), ...ownParameters(profile), ...(header === null ? [] : [header])]
  const operation = (id: string) => value.find((each) => each.id === id) ?? null
  const calls: AccountCalls = {
    bank,
    profile,
    environment,
    grants,
    grant,
    ready: grant !== null || list?.scope == null || consent !== null,
    book: `accounts ${bank.id} ${environment} ${grant?.id ?? consent?.id ?? 'none'}`,
    operation,
    header,
    presence,
    open: openParameters(value, filled),
    draft: (id, own = {}, path) => accountDraft(parts, operation(id)!, own, path),
  }
  return { calls, fault }
}
