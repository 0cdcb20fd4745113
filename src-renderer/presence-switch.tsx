/** Whether the customer is there, as a switch with their address: it says in plain words what goes out. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Presence } from './presence.ts'
import { inputClass } from './ui/field.tsx'

interface Shown {
  readonly bank: Pick<BankDetail, 'presence' | 'unattended'>
  readonly presence: Presence
  /** Calls of the view; nothing is shown where none of them can say it. */
  readonly operations: readonly (string | undefined)[]
}

function consequence({ bank, presence, operations }: Shown): string {
  const { header, present, address } = presence
  if (present && address !== '') return `${header} is sent with every call below: the customer asked for it.`
  const counted = operations.some((each) => each !== undefined && bank.presence?.counted.includes(each))
  const missing = present ? `Without an address ${header} is not sent` : `${header} is not sent`
  return counted && bank.unattended !== null
    ? `${missing}: the bank counts each call as one of ${bank.unattended.perDay} a day without the customer.`
    : `${missing}: the calls are made without the customer, which the bank does not count here.`
}

export function PresenceSwitch(shown: Shown) {
  const { bank, presence, operations } = shown
  const { header, present, address } = presence
  const taken = operations.some((each) => each !== undefined && bank.presence?.takenBy.includes(each))
  if (header === null || !taken) return null
  return (
    <div className="flex flex-col gap-1">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <label className="flex items-center gap-1.5 whitespace-nowrap">
          <input
            type="checkbox"
            className="accent-accent"
            checked={present}
            onChange={({ target }) => presence.setPresent(target.checked)}
          />
          Customer is present
        </label>
        {present && (
          <input
            aria-label={`Address of the customer (${header})`}
            placeholder="IP address"
            className={`${inputClass} max-w-44 font-mono`}
            autoComplete="off"
            spellCheck={false}
            value={address}
            onChange={({ target }) => presence.setAddress(target.value)}
          />
        )}
      </div>
      <p className={`text-sm ${present && address === '' ? 'text-caution' : 'text-muted'}`}>{consequence(shown)}</p>
    </div>
  )
}

/** The calls a view makes about one created thing. */
export function operationsAbout(bank: Pick<BankDetail, 'resources'>, kind: string): readonly (string | undefined)[] {
  const profile = bank.resources.find((each) => each.kind === kind)
  if (profile === undefined) return []
  const { read, status, authorisations } = profile
  return [
    read,
    status,
    profile.delete?.operation,
    ...authorisations.flatMap((each) => [each.start, each.list, each.status, each.update]),
  ]
}
