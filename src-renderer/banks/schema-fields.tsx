/** JSON Schemas of the bank that are other ones in an environment, as JSON text. */
import { type SyntheticEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { inputClass, TextField } from '../ui/field.tsx'
import { AdjustableField } from './adjustable-field.tsx'
import { type EnvironmentForm, without } from './environment-form.ts'
import { FieldDisclosure } from './field-disclosure.tsx'

function AddSchema({ onAdd }: { readonly onAdd: (name: string) => void }) {
  const [name, setName] = useState('')
  const add = (event: SyntheticEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    onAdd(name.trim())
    setName('')
  }
  return (
    <div className="flex items-end gap-2">
      <TextField
        label="Another component schema, by name"
        value={name}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => event.key === 'Enter' && add(event)}
        className="font-mono text-sm"
      />
      <Button onClick={add} disabled={name.trim() === ''}>
        Add a schema
      </Button>
    </div>
  )
}

export function SchemaFields({
  form: { draft, change, problemOf },
  names,
  assumed,
  all,
}: {
  readonly form: EnvironmentForm
  readonly names: readonly string[]
  readonly assumed: ReadonlySet<string>
  /** Nothing was searched for: one can be added. */
  readonly all: boolean
}) {
  return (
    <>
      {names.length > 0 && (
        <ul aria-label="Schemas" className="rounded-md border border-line">
          {names.map((name) => {
            const field = `schemas.${name}`
            const text = draft.schemas[name]
            return (
              <FieldDisclosure
                key={name}
                field={field}
                name={name}
                about="JSON Schema 2020-12"
                yours={text !== undefined && text.trim() !== ''}
                assumed={assumed.has(field)}
                wrong={problemOf(field) !== null}
              >
                {() => (
                  <AdjustableField
                    field={field}
                    label={`Schema ${name} here`}
                    problem={problemOf(field)}
                    onUndo={text === undefined ? null : () => change({ schemas: without(draft.schemas, name) })}
                  >
                    {(attributes) => (
                      <textarea
                        {...attributes}
                        rows={8}
                        // The window's state is kept as a whole, and has one MiB.
                        maxLength={100_000}
                        autoComplete="off"
                        spellCheck={false}
                        value={text ?? ''}
                        placeholder="As in the bank’s document. {} takes everything."
                        onChange={({ target: { value } }) => change({ schemas: { ...draft.schemas, [name]: value } })}
                        className={`${inputClass} h-auto! resize-y py-1 font-mono text-sm`}
                      />
                    )}
                  </AdjustableField>
                )}
              </FieldDisclosure>
            )
          })}
        </ul>
      )}
      {all && (
        <AddSchema onAdd={(name) => change({ schemas: { ...draft.schemas, [name]: draft.schemas[name] ?? '{}' } })} />
      )}
    </>
  )
}
