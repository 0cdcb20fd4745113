/** Where a customer's browser ended: pasted once and sent once, because a code may stand in it. */
import { useId, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { inputClass } from '../ui/field.tsx'
import { useAction } from '../ui/use-action.ts'

export function ReturnAddressForm({
  uri,
  send,
}: {
  /** The address the bank sends the customer back to. */
  readonly uri: string
  readonly send: (url: string) => Promise<unknown>
}) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const sending = useAction(send)
  const submit = () => {
    const url = field.current?.value.trim() ?? ''
    if (!URL.canParse(url)) return setProblem('Paste the whole address, from https:// to its end.')
    setProblem(null)
    // Whatever comes of it, the address does not stay in the window.
    if (field.current !== null) field.current.value = ''
    void sending.run(url)
  }
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <label htmlFor={id} className="text-sm">
        Paste the URL the browser ended at
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          ref={field}
          autoComplete="off"
          spellCheck={false}
          inputMode="url"
          aria-invalid={problem !== null}
          aria-describedby={`${id}-hint`}
          className={`${inputClass} font-mono`}
        />
        <Button type="submit" busy={sending.busy}>
          Use it
        </Button>
      </div>
      <p id={`${id}-hint`} className="text-sm wrap-anywhere text-muted">
        It begins with {uri}. The page there may fail to load; only its address counts. Taken once, kept nowhere.
      </p>
      {problem !== null && (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      )}
      <FaultNotice fault={sending.fault} title="The address was not taken" />
    </form>
  )
}
