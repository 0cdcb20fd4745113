/** Calls under way, with the time they have taken and a way to stop each. */
import { api } from '../api.ts'
import { runningCalls } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { useAction } from '../ui/use-action.ts'
import { useNow } from '../ui/use-now.ts'

interface Call {
  readonly call: string
  readonly bank: string
  readonly operation: string
  readonly startedAt: string
}

function RunningCall({ call }: { readonly call: Call }) {
  const seconds = Math.max(0, Math.floor((useNow() - Date.parse(call.startedAt)) / 1000))
  const cancel = useAction(async () => {
    await api.requests.cancel({ call: call.call })
    await runningCalls.refresh()
  })
  return (
    <li className="flex flex-col border-b border-line">
      <div className="flex h-8 items-center gap-3 px-3">
        <span className="w-14 text-right text-muted">{seconds} s</span>
        <span className="min-w-0 flex-1 truncate">
          {call.operation} <span className="text-muted">{call.bank}</span>
        </span>
        <Button busy={cancel.busy} aria-label={`Cancel ${call.operation}`} onClick={() => void cancel.run()}>
          Cancel
        </Button>
      </div>
      <FaultNotice fault={cancel.fault} title="It could not be cancelled" />
    </li>
  )
}

export function RunningCalls() {
  const calls = runningCalls().value ?? []
  if (calls.length === 0) return null
  return (
    <ul aria-label="Calls under way" className="max-h-40 shrink-0 overflow-auto bg-accent-soft">
      {calls.map((call) => (
        <RunningCall key={call.call} call={call} />
      ))}
    </ul>
  )
}
