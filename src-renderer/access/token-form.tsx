/** A token that was issued elsewhere is typed once, sent once, and kept by the engine. */
import { useRef, useState } from 'react'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { grants, keyStore } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'

/** The sentence to stand below the field; null where the seconds can be sent. */
function secondsProblem(text: string): string | null {
  if (text.trim() === '') return null
  return /^[1-9]\d{0,7}$/.test(text.trim()) ? null : 'Whole seconds, such as 3600.'
}

export function TokenForm({
  bank,
  environment,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
}) {
  const token = useRef<HTMLInputElement>(null)
  const [scope, setScope] = useState(bank.scopes[0]?.scope ?? '')
  const [seconds, setSeconds] = useState('')
  const [told, setTold] = useState(false)
  const [empty, setEmpty] = useState(true)
  const enter = useAction(async (value: string) => {
    const expiresIn = seconds.trim() === '' ? {} : { expiresIn: Number(seconds) }
    const grant = await api.access.enter({
      bank: bank.id,
      environment: environment.id,
      scope,
      token: value,
      ...expiresIn,
    })
    await grants.refresh()
    notify('good', 'The token is kept', `Scope ${grant.scope}, good for ${grant.accessTokenSecondsLeft} s.`)
    setTold(false)
  })
  const field = (name: string) => (enter.fault?.details.field === name ? enter.fault.message : null)
  const send = () => {
    setTold(true)
    const value = token.current?.value.trim() ?? ''
    if (value === '' || secondsProblem(seconds) !== null || token.current === null) return
    const store = keyStore.getState().value
    if (store !== null && !isKeyStoreReady(store)) return openKeyStoreDialog()
    // Whatever comes of it, the token does not stay in the window.
    token.current.value = ''
    setEmpty(true)
    void enter.run(value)
  }
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex max-w-prose flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {bank.tokenOrigin !== null && <p className="max-w-prose text-muted">{bank.tokenOrigin}</p>}
      {bank.scopes.length > 1 && (
        <SelectField label="Scope of the token" value={scope} onChange={(event) => setScope(event.target.value)}>
          {bank.scopes.map((each) => (
            <option key={each.scope}>{each.scope}</option>
          ))}
        </SelectField>
      )}
      <div className="flex flex-col gap-1">
        <label htmlFor="access-token" className="text-sm">
          Access token
        </label>
        <input
          id="access-token"
          ref={token}
          type="password"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={told && empty && field('token') !== null}
          aria-describedby="access-token-hint"
          onChange={(event) => setEmpty(event.target.value === '')}
          className="h-7 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono text-ink"
        />
        <p id="access-token-hint" className="text-sm text-muted">
          Kept in the key store; nothing of it is shown again.
        </p>
        {(field('token') ?? (told && empty && enter.fault === null && !enter.busy ? 'Paste the token.' : null)) !==
          null && (
          <p role="alert" className="text-sm text-bad">
            {field('token') ?? 'Paste the token.'}
          </p>
        )}
      </div>
      <TextField
        label="Valid for (seconds)"
        hint="Left empty: what the token says itself, when it is a JWT."
        value={seconds}
        inputMode="numeric"
        problem={field('expiresIn') ?? (told ? secondsProblem(seconds) : null)}
        onChange={(event) => setSeconds(event.target.value)}
      />
      {enter.fault !== null && enter.fault.details.field === undefined && (
        <FaultNotice fault={enter.fault} title="The token was not kept" />
      )}
      <div>
        <Button data-primary kind="primary" type="submit" busy={enter.busy}>
          Keep the token
        </Button>
      </div>
    </form>
  )
}
