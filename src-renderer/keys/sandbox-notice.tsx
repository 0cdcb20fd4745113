/** Says that there is nobody to order from while the local sandbox is down, and starts it. */
import { api } from '../api.ts'
import { sandboxStatus } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { useAction } from '../ui/use-action.ts'

export function SandboxNotice() {
  const { value } = sandboxStatus()
  const start = useAction(async () => {
    await api.sandbox.start({})
    await sandboxStatus.refresh()
  })
  if (value === null || value.running) return null
  return (
    <>
      <Notice
        tone="caution"
        title="The local sandbox is not running"
        action={
          <Button kind="primary" busy={start.busy} onClick={() => void start.run()}>
            {start.busy ? 'Starting …' : 'Start it'}
          </Button>
        }
      >
        Its QTSP issues the certificate.
      </Notice>
      <FaultNotice fault={start.fault} title="It did not start" />
    </>
  )
}
