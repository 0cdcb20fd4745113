/** The profile of a bank of the user's own: loaded, edited, saved into its folder. */
import { type SyntheticEvent, useEffect, useState } from 'react'
import type { EditableProfile } from '#shared/contract/bank-import.ts'
import type { BankView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { banks } from '../live-data.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { Loading } from '../ui/notice.tsx'
import { notify } from '../ui/notifications.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFocusFollows } from '../ui/use-focus-follows.ts'
import { useLoaded } from '../ui/use-loaded.ts'
import { schemeWords } from './banks-words.ts'
import { bankDraftName, changeDraft, useDraft } from './environment-drafts.ts'
import { type ProfileForm, problemOfProfile, tidyProfile } from './profile-draft.ts'
import { ProfileEnvironments } from './profile-environments.tsx'
import { ProfileHeaders } from './profile-headers.tsx'
import { SaveRefused } from './save-refused.tsx'
import { SigningParameters, schemeTemplates } from './signing-fields.tsx'
import { useShownField } from './use-shown-field.ts'

function NameAndCountry({ form: { draft, change, problemOf } }: { readonly form: ProfileForm }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_6rem] items-start gap-3">
      <div data-field="name">
        <TextField
          label="Name"
          maxLength={80}
          value={draft.name}
          problem={problemOf('name')}
          onChange={({ target }) => change({ name: target.value })}
        />
      </div>
      <div data-field="country">
        <TextField
          label="Country"
          maxLength={2}
          value={draft.country}
          problem={problemOf('country')}
          onChange={({ target }) => change({ country: target.value.toUpperCase() })}
        />
      </div>
    </div>
  )
}

function Hosts({ form: { draft, change } }: { readonly form: ProfileForm }) {
  return (
    <ul data-field="hosts" className="rounded-md border border-line">
      {Object.entries(draft.hosts).map(([id, host]) => (
        <li key={id} className="flex flex-col gap-1 border-b border-line p-3 last:border-b-0">
          <span className="font-mono text-sm">{id}</span>
          <div className="grid grid-cols-[minmax(0,1fr)_10rem] gap-3">
            <TextField
              label={`Description of ${id}`}
              value={host.description}
              onChange={({ target }) =>
                change({ hosts: { ...draft.hosts, [id]: { ...host, description: target.value } } })
              }
            />
            <SelectField
              label={`Client certificate at ${id}`}
              value={host.clientCertificate}
              onChange={({ target: { value } }) =>
                change({
                  hosts: { ...draft.hosts, [id]: { ...host, clientCertificate: value === 'QWAC' ? 'QWAC' : 'none' } },
                })
              }
            >
              <option>QWAC</option>
              <option>none</option>
            </SelectField>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Signing({ form: { draft, change, problemOf } }: { readonly form: ProfileForm }) {
  const schemes = Object.keys(schemeWords) as (keyof typeof schemeWords)[]
  return (
    <div data-field="signing" className="flex flex-col gap-3 rounded-md border border-line p-3">
      <SelectField
        label="Signing scheme of the bank"
        value={draft.signing.scheme}
        onChange={({ target }) => {
          const scheme = schemes.find((each) => each === target.value) ?? 'none'
          change({ signing: structuredClone(schemeTemplates[scheme]) })
        }}
      >
        {schemes.map((scheme) => (
          <option key={scheme} value={scheme}>
            {schemeWords[scheme]}
          </option>
        ))}
      </SelectField>
      <SigningParameters profile={draft.signing} onChange={(signing) => change({ signing })} problemOf={problemOf} />
    </div>
  )
}

function useProfileForm(bank: string, saved: EditableProfile, onSaved: (profile: EditableProfile) => void) {
  const name = bankDraftName(bank)
  const kept = useDraft<EditableProfile>(name)
  const draft = kept ?? saved
  const save = useAction(async () => {
    onSaved((await api.banks.saveProfile({ bank, profile: tidyProfile(draft) })).profile)
    changeDraft(name, null)
    notify('good', `${draft.name} is saved`)
  })
  const problem = problemOfProfile(save.fault)
  const form: ProfileForm = {
    draft,
    saved,
    change: (change) => {
      const next = { ...draft, ...change }
      changeDraft(name, JSON.stringify(next) === JSON.stringify(saved) ? null : next)
    },
    problemOf: (field) =>
      problem !== null && (problem.field === field || problem.field.startsWith(`${field}.`)) ? problem.message : null,
  }
  const drop = () => {
    changeDraft(name, null)
    save.clear()
  }
  return { form, save, problem, drop, changed: kept !== null }
}

function ProfileEditor({
  bank,
  saved,
  onSaved,
}: {
  readonly bank: string
  readonly saved: EditableProfile
  readonly onSaved: (profile: EditableProfile) => void
}) {
  const { form, save, problem, drop, changed } = useProfileForm(bank, saved, onSaved)
  const root = useShownField<HTMLFormElement>()
  const head = useFocusFollows<HTMLDivElement>(String(changed), 'p')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (changed) void save.run()
  }
  return (
    <form ref={root} aria-label="Edit bank" noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div ref={head} className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
        <p tabIndex={-1} className="text-muted">
          Written into bank.yaml; its comments stay.
        </p>
        {changed && <Badge tone="caution">unsaved changes</Badge>}
        <div className="flex-1" />
        <Button kind="quiet" disabled={!changed || save.busy} onClick={drop}>
          Drop changes
        </Button>
        <Button kind="primary" type="submit" disabled={!changed} busy={save.busy}>
          Save
        </Button>
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
        <SaveRefused fault={save.fault} problem={problem} />
        <NameAndCountry form={form} />
        <DetailSection title="Hosts">
          <Hosts form={form} />
        </DetailSection>
        <ProfileEnvironments form={form} />
        <DetailSection title="Signing">
          <Signing form={form} />
        </DetailSection>
        <ProfileHeaders form={form} />
      </div>
    </form>
  )
}

export function ProfilePanel({ bank }: { readonly bank: BankView }) {
  const loaded = useLoaded(bank.id, (id) => api.banks.readProfile({ bank: id }), banks().value)
  const [saved, setSaved] = useState<EditableProfile | null>(null)
  const profile = saved ?? loaded.value?.profile ?? null
  // What was saved stands until the folder is read again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer is the occasion
  useEffect(() => setSaved(null), [loaded.value])
  if (profile !== null) return <ProfileEditor bank={bank.id} saved={profile} onSaved={setSaved} />
  if (loaded.fault === null) return <Loading what="Profile" />
  return (
    <div className="p-4">
      <FaultNotice fault={loaded.fault} title="The profile cannot be read" />
    </div>
  )
}
