/** Why nothing is listed: what was asked for has not come to be, or the bank has no such thing. */
import type { StateSection } from '#shared/sandbox-state.ts'
import { bankDetail } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'
import { bankName } from './bank-options.ts'
import { changeSandboxView } from './sandbox-view.ts'

/** Views of a bank's operations that can make such a thing; every bank can have those that are not named. */
const makers: Partial<Record<StateSection, readonly string[]>> = {
  accounts: ['accounts'],
  payments: ['payments', 'recurring-payments'],
  baskets: ['baskets'],
  consents: ['consents', 'access'],
  applications: ['applications'],
}

function NoneAtBank({ bank, section }: { readonly bank: string; readonly section: StateSection }) {
  const { value } = bankDetail(bank)()
  const views = makers[section]
  const never = value !== null && views !== undefined && !value.tags.some(({ view }) => views.includes(view ?? ''))
  return (
    <>
      {never
        ? `${bankName(bank)} has none: its document has no operation for ${section}.`
        : `No call of this tenant has made one at ${bankName(bank)} yet.`}
    </>
  )
}

export function StateNothing({
  bank,
  section,
  words,
}: {
  readonly bank: string
  readonly section: StateSection | ''
  readonly words: string
}) {
  return (
    <EmptyState
      title={section === '' ? 'Nothing fits' : `No ${section}`}
      action={
        <Button onClick={() => changeSandboxView({ stateBank: '', stateSection: '', stateWords: '' })}>Show all</Button>
      }
    >
      {words !== '' || bank === '' || section === '' ? (
        'Of what the banks keep of this tenant nothing fits what is asked for above.'
      ) : (
        <NoneAtBank bank={bank} section={section} />
      )}
    </EmptyState>
  )
}
