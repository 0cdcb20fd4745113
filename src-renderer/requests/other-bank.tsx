/** A draft of another bank than the one the top bar shows: it is sent from there only, so that nothing goes astray. */
import { choose, useApp } from '../app-state.ts'
import { banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { environmentAt } from './environment-at.ts'

export function OtherBank({ bank }: { readonly bank: string }) {
  const found = banks().value?.find(({ id }) => id === bank)
  const name = found?.name ?? bank
  const { environment } = useApp()
  return (
    <div className="px-3 pb-2">
      <Notice
        title={`A request to ${name}`}
        action={
          <Button onClick={() => choose({ bank, environment: environmentAt(found, environment) })}>
            Switch to {name}
          </Button>
        }
      >
        The top bar is at another bank. Switch back to send it.
      </Notice>
    </div>
  )
}
