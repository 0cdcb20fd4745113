/** One environment as a form: what is set there is kept as a whole, and nothing typed is lost when saving fails. */
import { type SyntheticEvent, useMemo, useRef, useState } from 'react'
import type { BankDetail, EnvironmentDetail } from '#shared/contract/banks.ts'
import { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { identities, keyStore } from '../live-data.ts'
import { isKeyStoreReady, openKeyStoreDialog } from '../shell/key-store-dialog.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { putEnvironment } from './environment-details.ts'
import { type EnvironmentDraft, sameDraft, toDraft, toOverride } from './environment-draft.ts'
import { changeDraft, environmentDraftName, useDraft } from './environment-drafts.ts'
import { type EnvironmentForm, isAbout, type ProxyPasswordField, problemOfFault } from './environment-form.ts'
import { EnvironmentHead } from './environment-head.tsx'
import { EnvironmentNetwork } from './environment-network.tsx'
import { EnvironmentRest } from './environment-rest.tsx'
import { EnvironmentSigning } from './environment-signing.tsx'
import { HostFields } from './host-fields.tsx'
import { SaveRefused } from './save-refused.tsx'
import { useShownField } from './use-shown-field.ts'

/** Only the input holds what is typed: neither a store nor a draft does. */
function useProxyPassword(): ProxyPasswordField & { take(): { proxyPassword?: string | null } } {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(false)
  const [removing, setRemoving] = useState(false)
  return {
    input,
    typed,
    setTyped,
    removing,
    setRemoving,
    take() {
      const value = input.current?.value ?? ''
      // Whatever comes of it, the password does not stay in the window.
      if (input.current !== null) input.current.value = ''
      setTyped(false)
      setRemoving(false)
      if (value !== '') return { proxyPassword: value }
      return removing ? { proxyPassword: null } : {}
    },
  }
}

/** The form's state: the draft where there is one, and saving it. */
function useEnvironmentForm(detail: EnvironmentDetail) {
  const name = environmentDraftName(detail.bank, detail.id)
  const kept = useDraft<EnvironmentDraft>(name)
  const saved = useMemo(() => toDraft(detail.override), [detail.override])
  // One kept by an earlier version lacks what came since.
  const draft = kept === null ? saved : { ...saved, ...kept }
  const proxyPassword = useProxyPassword()
  const save = useAction(async () => {
    const override = toOverride(draft, detail.override.assumptions)
    if ('field' in override) throw new Fault('INPUT_INVALID', override.message, { field: override.field })
    const store = keyStore.getState().value
    if (proxyPassword.typed && store !== null && !isKeyStoreReady(store)) return openKeyStoreDialog()
    const target = { bank: detail.bank, environment: detail.id }
    putEnvironment(await api.banks.setEnvironment({ ...target, override, ...proxyPassword.take() }))
    changeDraft(name, null)
    notify('good', `${detail.name} is saved`)
  })
  const problem = problemOfFault(save.fault)
  const form: EnvironmentForm = {
    detail,
    draft,
    change: (change) => {
      const next = { ...draft, ...change }
      changeDraft(name, JSON.stringify(next) === JSON.stringify(saved) ? null : next)
    },
    problemOf: (field) => (problem !== null && isAbout(problem, field) ? problem.message : null),
    proxyPassword,
  }
  const drop = () => {
    changeDraft(name, null)
    proxyPassword.take()
    save.clear()
  }
  const typed = proxyPassword.typed || proxyPassword.removing
  return { form, save, problem, drop, changed: typed || (kept !== null && !sameDraft(draft, saved)) }
}

function IdentityField({ form: { draft, change, problemOf } }: { readonly form: EnvironmentForm }) {
  const { value } = identities()
  const gone = draft.identity !== '' && value !== null && !value.some(({ id }) => id === draft.identity)
  return (
    <div data-field="identity" className="max-w-md">
      <SelectField
        label="Identity used here"
        value={draft.identity}
        problem={problemOf('identity')}
        onChange={({ target }) => change({ identity: target.value })}
      >
        <option value="">The one chosen at the top of the window</option>
        {gone && <option value={draft.identity}>an identity that was deleted</option>}
        {value?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </div>
  )
}

export function EnvironmentEditor({
  detail,
  bank,
}: {
  readonly detail: EnvironmentDetail
  /** As its folder says; null while it is loaded. */
  readonly bank: BankDetail | null
}) {
  const { form, save, problem, drop, changed } = useEnvironmentForm(detail)
  const root = useShownField<HTMLFormElement>()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (changed) void save.run()
  }
  return (
    <form ref={root} aria-label={detail.name} onSubmit={submit} className="flex min-h-0 flex-1 flex-col" noValidate>
      <EnvironmentHead detail={detail} changed={changed} busy={save.busy} onDrop={drop} />
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
        <SaveRefused fault={save.fault} problem={problem} />
        {detail.note !== null && <Notice title="About this environment">{detail.note}</Notice>}
        <DetailSection title="Hosts">
          <HostFields form={form} />
        </DetailSection>
        <DetailSection title="Identity">
          <IdentityField form={form} />
        </DetailSection>
        <DetailSection title="Signing">
          <EnvironmentSigning form={form} documentScheme={bank?.signing ?? null} />
        </DetailSection>
        <EnvironmentNetwork form={form} />
        <EnvironmentRest form={form} />
      </div>
    </form>
  )
}
