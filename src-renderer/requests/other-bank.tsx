/** A draft of another bank than the one the top bar shows: it is sent from there only, so that nothing goes astray. */
import { choose, useApp } from '../app-state.ts'
import { banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

export function OtherBank({ bank }: { readonly bank: string }) {
  const found = banks().value?.find(({ id }) => id === bank)
  const name = found?.name ?? bank
  const { environment } = useApp()
  const there = found?.environments.some(({ id }) => id === environment) === true
  const first = found?.environments[0]?.id
  return (
    <div className="px-3 pb-2">
      <Notice
        title={`A request to ${name}`}
        action={
          <Button onClick={() => choose({ bank, ...(there || first === undefined ? {} : { environment: first }) })}>
            Switch to {name}
          </Button>
        }
      >
        The top bar is at another bank. Switch back to send it.
      </Notice>
    </div>
  )
}
