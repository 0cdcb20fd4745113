/** The paths of a bank's operations where an environment has other ones. */
import type { OperationView } from '#shared/contract/banks.ts'
import { inputClass } from '../ui/field.tsx'
import { AdjustableField } from './adjustable-field.tsx'
import { type EnvironmentForm, without } from './environment-form.ts'
import { FieldDisclosure } from './field-disclosure.tsx'

export function PathFields({
  form: { draft, change, problemOf },
  operations,
  assumed,
}: {
  readonly form: EnvironmentForm
  /** As the bank's folder has them. */
  readonly operations: readonly OperationView[]
  readonly assumed: ReadonlySet<string>
}) {
  return (
    <ul aria-label="Paths" className="rounded-md border border-line">
      {operations.map(({ id, method, path, title }) => {
        const field = `paths.${id}`
        const typed = draft.paths[id]
        const problem = problemOf(field)
        return (
          <FieldDisclosure
            key={id}
            field={field}
            name={`${method} ${typed || path}`}
            about={title}
            yours={typed !== undefined && typed.trim() !== ''}
            assumed={assumed.has(field)}
            wrong={problem !== null}
          >
            {() => (
              <AdjustableField
                field={field}
                label={`Path of ${id}`}
                problem={problem}
                onUndo={typed === undefined ? null : () => change({ paths: without(draft.paths, id) })}
              >
                {(attributes) => (
                  <input
                    {...attributes}
                    autoComplete="off"
                    spellCheck={false}
                    value={typed ?? path}
                    placeholder={path}
                    onChange={({ target: { value } }) =>
                      change({ paths: value === path ? without(draft.paths, id) : { ...draft.paths, [id]: value } })
                    }
                    className={`${inputClass} font-mono text-sm`}
                  />
                )}
              </AdjustableField>
            )}
          </FieldDisclosure>
        )
      })}
    </ul>
  )
}
