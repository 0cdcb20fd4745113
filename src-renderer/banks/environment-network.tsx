/** The way to the bank in one environment: whom to trust beside the built-in roots, and through which proxy. */
import { useId } from 'react'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { inputClass, TextField } from '../ui/field.tsx'
import { notify } from '../ui/notifications.tsx'
import { TextAreaField } from '../ui/text-area-field.tsx'
import { withoutUserInfo } from './environment-draft.ts'
import type { EnvironmentForm } from './environment-form.ts'

function passwordState({ detail, draft, proxyPassword }: EnvironmentForm): string {
  const kept = detail.proxy?.password === 'set'
  const same =
    detail.proxy !== null && detail.proxy.url === draft.proxy.trim() && detail.proxy.user === draft.proxyUser.trim()
  if (proxyPassword.typed) return 'Goes to the key store with Save; nothing of it is shown again.'
  if (proxyPassword.removing) return 'The password is removed with Save.'
  if (kept && !same) return 'The password is for the proxy and the user as saved: type it again for others.'
  return kept ? 'Set. It is in the key store; type another one to replace it.' : 'Not set.'
}

function ProxyPassword({ form }: { readonly form: EnvironmentForm }) {
  const id = useId()
  const { detail, draft, problemOf, proxyPassword } = form
  const { input, setTyped, removing, setRemoving } = proxyPassword
  const problem = problemOf('proxyPassword')
  return (
    <div data-field="proxyPassword" className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm">
        Proxy password
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          ref={input}
          type="password"
          autoComplete="off"
          spellCheck={false}
          disabled={draft.proxy.trim() === ''}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            setTyped(target.value !== '')
            setRemoving(false)
          }}
          className={`${inputClass} font-mono`}
        />
        {detail.proxy?.password === 'set' && (
          <Button aria-pressed={removing} onClick={() => setRemoving(!removing)}>
            Remove password
          </Button>
        )}
      </div>
      <p id={`${id}-hint`} className="text-sm text-muted">
        {passwordState(form)}
      </p>
      {problem !== null && (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      )}
    </div>
  )
}

export function EnvironmentNetwork({ form }: { readonly form: EnvironmentForm }) {
  const { draft, change, problemOf, proxyPassword } = form
  const takeAddress = (text: string) => {
    const parts = withoutUserInfo(text)
    if (parts === null) return change({ proxy: text })
    // A secret pasted into a field that is kept moves to the one that is not.
    change({ proxy: parts.url, proxyUser: parts.user })
    const { input } = proxyPassword
    if (input.current !== null && parts.password !== '') {
      input.current.disabled = false
      input.current.value = parts.password
      proxyPassword.setTyped(true)
    }
    notify('neutral', 'User and password have their own fields', 'They were moved there out of the proxy’s address.')
  }
  return (
    <DetailSection title="Trust and proxy">
      <div className="grid gap-3 xl:grid-cols-2">
        <TextAreaField
          label="More certificate authorities (PEM)"
          rows={3}
          placeholder="-----BEGIN CERTIFICATE-----"
          value={draft.ca}
          problem={problemOf('ca')}
          hint="Trusted here beside the built-in roots, one after the other. Nothing switches the check off."
          onChange={(event) => change({ ca: event.target.value })}
        />
        <div data-field="proxy" className="flex min-w-0 flex-col gap-3">
          <TextField
            label="Proxy"
            placeholder="http://proxy.example:3128"
            value={draft.proxy}
            problem={problemOf('proxy.url')}
            hint="Reached by CONNECT: it sees the bank's host name, never the client certificate or the request. The proxy of the system is not used."
            onChange={(event) => takeAddress(event.target.value)}
          />
          <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-1 2xl:grid-cols-2">
            <TextField
              label="Proxy user"
              value={draft.proxyUser}
              disabled={draft.proxy.trim() === ''}
              problem={problemOf('proxy.user')}
              onChange={(event) => change({ proxyUser: event.target.value })}
            />
            <ProxyPassword form={form} />
          </div>
        </div>
      </div>
    </DetailSection>
  )
}
