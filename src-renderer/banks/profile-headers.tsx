/** Headers a bank of the user's own gets when a draft leaves them out: a recipe or a text, and why. */
import type { EditableProfile } from '#shared/contract/bank-import.ts'
import type { ValueRecipeName } from '#shared/value-recipe.ts'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import type { ProfileForm } from './profile-draft.ts'

type Header = EditableProfile['headers'][number]

const recipeWords: Readonly<Record<ValueRecipeName, string>> = {
  uuid: 'a fresh UUID',
  'organisation-identifier': 'organizationIdentifier of the identity',
  'callback-uris': 'the registered callbacks',
  customer: 'the customer',
  'bearer-token': 'the access token as bearer',
}

function HeaderValue({
  header,
  number,
  problem,
  onChange,
}: {
  readonly header: Header
  readonly number: number
  readonly problem: string | null
  readonly onChange: (header: Header) => void
}) {
  const { value, text, ...rest } = header
  return (
    <>
      <SelectField
        label={`Value of header ${number}`}
        value={value ?? ''}
        onChange={({ target }) =>
          onChange(
            target.value === '' ? { ...rest, text: text ?? '' } : { ...rest, value: target.value as ValueRecipeName },
          )
        }
      >
        <option value="">this text</option>
        {Object.entries(recipeWords).map(([id, words]) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </SelectField>
      {value === undefined ? (
        <TextField
          label={`Text of header ${number}`}
          value={text ?? ''}
          problem={problem}
          onChange={({ target }) => onChange({ ...rest, text: target.value })}
          className="font-mono text-sm"
        />
      ) : (
        <span />
      )}
    </>
  )
}

function HeaderFields({
  header,
  at,
  problemOf,
  onChange,
  onRemove,
}: {
  readonly header: Header
  readonly at: number
  readonly problemOf: ProfileForm['problemOf']
  readonly onChange: (header: Header) => void
  readonly onRemove: () => void
}) {
  const number = at + 1
  const named = (field: string) => problemOf(`headers.${at}.${field}`)
  return (
    <li data-field={`headers.${at}`} className="flex flex-col gap-2 border-b border-line p-3 last:border-b-0">
      <div className="grid grid-cols-3 items-end gap-3">
        <TextField
          label={`Name of header ${number}`}
          value={header.name}
          problem={named('name')}
          onChange={({ target }) => onChange({ ...header, name: target.value })}
          className="font-mono text-sm"
        />
        <HeaderValue header={header} number={number} problem={named('text')} onChange={onChange} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto] items-end gap-3">
        <SelectField
          label={`Sent by header ${number}`}
          value={header.operations}
          onChange={({ target }) => onChange({ ...header, operations: target.value === 'all' ? 'all' : 'declared' })}
        >
          <option value="declared">operations that declare it</option>
          <option value="all">every call</option>
        </SelectField>
        <TextField
          label={`Reason of header ${number}`}
          value={header.reason}
          onChange={({ target }) => onChange({ ...header, reason: target.value })}
        />
        <Button kind="danger" aria-label={`Take away header ${number}`} onClick={onRemove}>
          Take away
        </Button>
      </div>
    </li>
  )
}

export function ProfileHeaders({ form: { draft, change, problemOf } }: { readonly form: ProfileForm }) {
  const { headers } = draft
  return (
    <DetailSection
      title="Headers sent by themselves"
      action={
        <Button
          onClick={() => change({ headers: [...headers, { name: '', text: '', operations: 'declared', reason: '' }] })}
        >
          Add a header
        </Button>
      }
    >
      {headers.length === 0 ? (
        <p className="text-muted">None.</p>
      ) : (
        <ul data-field="headers" className="rounded-md border border-line">
          {headers.map((header, at) => (
            <HeaderFields
              // biome-ignore lint/suspicious/noArrayIndexKey: its name is one of the fields
              key={at}
              header={header}
              at={at}
              problemOf={problemOf}
              onChange={(next) => change({ headers: headers.map((each, index) => (index === at ? next : each)) })}
              onRemove={() => change({ headers: headers.filter((_, index) => index !== at) })}
            />
          ))}
        </ul>
      )}
    </DetailSection>
  )
}
