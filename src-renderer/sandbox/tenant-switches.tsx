/** Faults inside the banks, each a switch, with the error rows it makes a bank answer with. */
import { api } from '../api.ts'
import { allErrors } from '../live-data.ts'
import { openError } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { bankName } from './bank-options.ts'
import { type SwitchRow, switchRows } from './switch-rows.ts'
import { useSwitches } from './use-switches.ts'

/** Code and title, once where they are the same. */
const rowWords = (code: string | null, title: string | null): string =>
  [...new Set([code, title].filter((each) => each !== null && each !== ''))].join(' · ')

function Switch({
  row: { bank, name, rows },
  on,
  onTurn,
}: {
  readonly row: SwitchRow
  readonly on: boolean
  readonly onTurn: () => void
}) {
  return (
    <li className="flex min-h-8 items-center gap-3 border-b border-line px-3 py-0.5 last:border-b-0">
      <label className="flex w-72 shrink-0 items-center gap-2 max-xl:w-60">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-checked={on}
          onChange={onTurn}
          className="accent-accent"
        />
        <span className="font-mono text-sm wrap-anywhere">{name}</span>
      </label>
      <span className="w-36 shrink-0 truncate text-muted">{bankName(bank)}</span>
      <span className="flex min-w-0 flex-1 flex-wrap gap-1">
        {rows.map(({ id, http, title, code }) => (
          <Button key={id} kind="quiet" className="max-w-full" title={`Error row ${id}`} onClick={() => openError(id)}>
            <span className="truncate">
              {http} {rowWords(code, title) || id}
            </span>
          </Button>
        ))}
        {rows.length === 0 && (
          <span className="text-muted">a way of this bank that no row of its error table needs</span>
        )}
      </span>
    </li>
  )
}

export function TenantSwitches({ tenant }: { readonly tenant: string }) {
  const known = useLoaded('known', () => api.sandbox.switchesKnown())
  const { set, fault: unturned, isOn, turn } = useSwitches(tenant)
  const errors = allErrors()().value
  const ready = known.value !== null && set.value !== null && errors !== null
  const fault = known.fault ?? set.fault
  return (
    <Section title="Inside the banks" flush>
      <div className="flex flex-col gap-2 empty:hidden [&>*]:m-3">
        <FaultNotice fault={fault} title="The switches cannot be read" />
        <FaultNotice fault={unturned} title="The switch is as it was" />
      </div>
      {!ready && fault === null && <Loading what="Switches" />}
      {ready && (
        <>
          <p className="px-3 pt-2 text-muted">
            No mistake of a client leads to the answers on the right: the bank gives them while the switch is on.
          </p>
          <ul aria-label="Switches" className="flex flex-col">
            {switchRows(known.value ?? {}, set.value ?? {}, errors ?? []).map((row) => (
              <Switch key={`${row.bank} ${row.name}`} row={row} on={isOn(row)} onTurn={() => turn(row)} />
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
