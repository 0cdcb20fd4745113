/** After how long without a person the workbench locks itself. */
import { useEffect } from 'react'
import { api } from '../api.ts'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { SelectField } from '../ui/field.tsx'
import { createResource } from '../ui/resource.ts'
import { useAction } from '../ui/use-action.ts'

const idleLock = createResource(() => api.workspace.idleLock())
const offered = [1, 5, 15, 30, 60, 240] as const
const never = 'never'

const words = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} h` : minutes === 1 ? '1 minute' : `${minutes} minutes`

export function IdleLock() {
  const { value, fault } = idleLock()
  useEffect(() => void idleLock.refresh(), [])
  const choose = useAction(async (chosen: string) => {
    await api.workspace.lockAfter({ minutes: chosen === never ? null : Number(chosen) })
    await idleLock.refresh()
  })
  // Set by hand in the settings file, it may be none of these.
  const minutes = value?.minutes ?? null
  const choices = [...new Set([...offered, ...(minutes === null ? [] : [minutes])])].sort((a, b) => a - b)
  return (
    <>
      <SelectField
        label="Lock when nobody uses the window for"
        className="max-w-48"
        value={value === null ? '' : String(minutes ?? never)}
        disabled={value === null || choose.busy}
        onChange={(event) => void choose.run(event.target.value)}
        hint="Keys, tokens and connections leave the memory, also of what still runs. A vault then asks for its passphrase."
      >
        {value === null && <option value="">Reading …</option>}
        {choices.map((each) => (
          <option key={each} value={each}>
            {words(each)}
          </option>
        ))}
        <option value={never}>Never</option>
      </SelectField>
      <FaultNotice fault={choose.fault ?? fault} title="That was not kept" />
    </>
  )
}
