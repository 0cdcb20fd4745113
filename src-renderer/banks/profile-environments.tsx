/** The environments of a bank of the user's own: added, named, given URLs and values, taken away. */
import { type ReactNode, useState } from 'react'
import type { EditableProfile } from '#shared/contract/bank-import.ts'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { TextAreaField } from '../ui/text-area-field.tsx'
import { kindWords } from './banks-words.ts'
import { linesOf, newEnvironment, type ProfileForm, valuesOf } from './profile-draft.ts'

type Environment = EditableProfile['environments'][number]

/** Its own text while it is typed: a line that is not finished would be put right under the fingers. */
function Values({
  environment,
  onChange,
}: {
  readonly environment: Environment
  readonly onChange: (values: Record<string, string>) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextAreaField
      label={`Values sent when left empty in ${environment.name}`}
      hint="One per line: parameter = value"
      rows={2}
      value={typed ?? linesOf(environment.values)}
      onChange={({ target }) => {
        setTyped(target.value)
        onChange(valuesOf(target.value))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

function Note({
  environment,
  problem,
  onChange,
}: {
  readonly environment: Environment
  readonly problem: string | null
  readonly onChange: (environment: Environment) => void
}) {
  const { note = '', ...rest } = environment
  return (
    <TextField
      label={`Note on ${environment.name}`}
      value={note}
      problem={problem}
      onChange={({ target: { value } }) => onChange(value === '' ? rest : { ...rest, note: value })}
    />
  )
}

function EnvironmentFields({
  at,
  environment,
  form: { draft, change, problemOf },
  remove,
}: {
  readonly at: number
  readonly environment: Environment
  readonly form: ProfileForm
  readonly remove: ReactNode
}) {
  const edit = (part: Partial<Environment>) =>
    change({ environments: draft.environments.map((each, index) => (index === at ? { ...each, ...part } : each)) })
  const problem = (field: string) => problemOf(`environments.${at}.${field}`)
  return (
    <li data-field={`environments.${at}`} className="flex flex-col gap-2 border-b border-line p-3 last:border-b-0">
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_auto] items-end gap-3">
        <TextField
          label={`Name of environment ${at + 1}`}
          maxLength={80}
          value={environment.name}
          problem={problem('name')}
          onChange={({ target }) => edit({ name: target.value })}
        />
        <TextField
          label={`Id of environment ${at + 1}`}
          value={environment.id}
          problem={problem('id') ?? problemOf(`environments.${environment.id}`)}
          onChange={({ target }) => edit({ id: target.value.toLowerCase() })}
          className="font-mono text-sm"
        />
        <SelectField
          label={`Kind of environment ${at + 1}`}
          value={environment.kind}
          onChange={({ target }) => edit({ kind: target.value as Environment['kind'] })}
        >
          {Object.entries(kindWords).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </SelectField>
        {remove}
      </div>
      {Object.keys(draft.hosts).map((host) => (
        <TextField
          key={host}
          label={`URL of ${host} in ${environment.name}`}
          placeholder="https://"
          inputMode="url"
          value={environment.urls[host] ?? ''}
          problem={problem(`urls.${host}`)}
          onChange={({ target }) => edit({ urls: { ...environment.urls, [host]: target.value } })}
          className="font-mono text-sm"
        />
      ))}
      <Values environment={environment} onChange={(values) => edit({ values })} />
      <Note
        environment={environment}
        problem={problem('note')}
        onChange={(next) =>
          change({ environments: draft.environments.map((each, index) => (index === at ? next : each)) })
        }
      />
    </li>
  )
}

export function ProfileEnvironments({ form }: { readonly form: ProfileForm }) {
  const { draft, change, problemOf } = form
  const { environments } = draft
  const problem = problemOf('environments')
  return (
    <DetailSection
      title="Environments"
      action={
        <Button onClick={() => change({ environments: [...environments, newEnvironment(draft)] })}>
          Add an environment
        </Button>
      }
    >
      <ul data-field="environments" className="rounded-md border border-line">
        {environments.map((environment, at) => (
          <EnvironmentFields
            // biome-ignore lint/suspicious/noArrayIndexKey: its id is one of the fields
            key={at}
            at={at}
            environment={environment}
            form={form}
            remove={
              <Button
                kind="danger"
                aria-label={`Take away ${environment.name}`}
                disabled={environments.length === 1}
                onClick={() => change({ environments: environments.filter((_, index) => index !== at) })}
              >
                Take away
              </Button>
            }
          />
        ))}
      </ul>
      {problem !== null && <p className="text-sm text-bad">{problem}</p>}
    </DetailSection>
  )
}
