/** A form made of a JSON schema: groups, lists and fields; what the schema does not know stays in the document untouched. */
import type { ReactNode } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { Button } from '../ui/button.tsx'
import { Prose } from '../ui/prose.tsx'
import { WireName } from '../ui/wire-name.tsx'
import { doubtOf, hintsFor } from './field-hints.ts'
import { FieldInput, type FieldProblem } from './field-input.tsx'
import { type Field, type FormShape, wireNameOf } from './form-fields.ts'
import { isObject, type Json, valueAt, withValue } from './json-value.ts'
import { useEntryFocus } from './use-entry-focus.ts'

export interface SchemaFormProps {
  readonly fields: readonly Field[]
  readonly shape: FormShape
  readonly document: Json
  readonly rules: OperationDetail['rules']
  /** By JSON pointer. */
  readonly problems: Readonly<Record<string, readonly FieldProblem[]>>
  readonly onChange: (document: Json) => void
  /** By JSON pointer: what stands in a field's place, where a view edits that part in its own way. */
  readonly instead?: Readonly<Record<string, ReactNode>>
}

type Inner = Omit<SchemaFormProps, 'fields'>

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || (isObject(value) && Object.values(value).every(isEmpty))

/** A field of another product is shown only while something stands in it. */
const isShown = ({ place }: Field, { shape, document }: Inner): boolean =>
  !shape.without.has(place) || !isEmpty(valueAt(document, place))

function problemsBelow(place: string, problems: SchemaFormProps['problems']): boolean {
  return Object.keys(problems).some((other) => other.startsWith(`${place}/`))
}

function GroupProblems({ place, problems }: { place: string; problems: SchemaFormProps['problems'] }) {
  return (problems[place] ?? []).map(({ tone, text }) => (
    <p key={text} role="alert" className={`text-sm wrap-anywhere ${tone === 'bad' ? 'text-bad' : 'text-caution'}`}>
      {text}
    </p>
  ))
}

/** Members the form has no field for: they are sent as they are. */
function Unknown({ fields, value }: { readonly fields: readonly Field[]; readonly value: Json | undefined }) {
  if (!isObject(value)) return null
  const names = Object.keys(value).filter((name) => !fields.some((field) => field.name === name))
  if (names.length === 0) return null
  return (
    <p className="text-sm text-muted">
      Not in the schema, sent as it is: <span className="font-mono">{names.join(', ')}</span>. Raw JSON shows it.
    </p>
  )
}

function Columns({ children }: { readonly children: ReactNode }) {
  return <div className="grid gap-x-4 gap-y-3 @lg:grid-cols-2">{children}</div>
}

/** What a group or list is for, and its name on the wire. */
function About({ field }: { readonly field: Field }) {
  return (
    <div className="flex items-baseline gap-x-3 text-sm text-muted">
      {field.description !== '' && <Prose text={field.description} />}
      <WireName>{wireNameOf(field)}</WireName>
    </div>
  )
}

function Group({ field, ...inner }: Inner & { readonly field: Field }) {
  const { document, problems } = inner
  const shown = field.fields.filter((each) => isShown(each, inner))
  const stands = (each: Field) =>
    field.first.has(each.name) || inner.shape.required.has(each.place) || !isEmpty(valueAt(document, each.place))
  // Where an alternative stands in another's place, the first one is no longer in sight.
  const front = shown.filter(stands)
  const more = shown.filter((each) => !stands(each))
  const value = valueAt(document, field.place)
  const body = (
    <div className="flex flex-col gap-3">
      <About field={field} />
      <GroupProblems place={field.place} problems={problems} />
      <Columns>
        <Fields fields={front} {...inner} />
      </Columns>
      {more.length > 0 && (
        <details>
          <summary className="text-sm text-muted">More of it ({more.length})</summary>
          <div className="pt-2">
            <Columns>
              <Fields fields={more} {...inner} />
            </Columns>
          </div>
        </details>
      )}
      <Unknown fields={field.fields} value={value} />
    </div>
  )
  const frame = 'col-span-full min-w-0 rounded-md border border-line px-3 pb-3'
  if (field.required || !isEmpty(value) || problemsBelow(field.place, problems))
    return (
      <fieldset className={`${frame} pt-1`}>
        <legend className="px-1">
          {field.label}
          {!field.required && <span className="text-muted"> (optional)</span>}
        </legend>
        {body}
      </fieldset>
    )
  return (
    <details className={`${frame} pt-2`}>
      <summary>
        {field.label} <span className="text-muted">(optional)</span>
      </summary>
      <fieldset aria-label={field.label} className="pt-2">
        {body}
      </fieldset>
    </details>
  )
}

function List({ field, ...inner }: Inner & { readonly field: Field }) {
  const { document, onChange, problems } = inner
  const value = valueAt(document, field.place)
  const items = Array.isArray(value) ? (value as readonly Json[]) : []
  const { itemAt } = field
  const focus = useEntryFocus(items.length)
  if (itemAt === null) return null
  const empty: Json = itemAt(0).kind === 'group' ? {} : itemAt(0).kind === 'list' ? [] : ''
  return (
    <fieldset
      ref={focus.list}
      className="col-span-full flex min-w-0 flex-col gap-3 rounded-md border border-line px-3 pt-1 pb-3"
    >
      <legend className="px-1">
        {field.label} ({items.length}){!field.required && <span className="text-muted"> (optional)</span>}
      </legend>
      <About field={field} />
      <GroupProblems place={field.place} problems={problems} />
      {items.map((_, index) => {
        const item = itemAt(index)
        return (
          <div key={item.place} data-entry="" className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <Columns>
                <Fields fields={[item]} {...inner} />
              </Columns>
            </div>
            <Button
              kind="quiet"
              className="mt-5"
              aria-label={`Remove ${item.label}`}
              data-remove=""
              onClick={() => {
                focus.removed(index)
                onChange(withValue(document, item.place, undefined))
              }}
            >
              Remove
            </Button>
          </div>
        )
      })}
      <div>
        <Button
          data-add=""
          onClick={() => {
            focus.added()
            onChange(withValue(document, field.place, [...items, empty]))
          }}
        >
          Add to {field.label.toLowerCase()}
        </Button>
      </div>
    </fieldset>
  )
}

function AsJson({ field, document }: { readonly field: Field; readonly document: Json }) {
  return (
    <p className="col-span-full text-sm text-muted">
      {field.label}: {valueAt(document, field.place) === undefined ? 'not set' : 'set'}; edited in Raw JSON.
    </p>
  )
}

/** Whether what stands there is of the kind the field shows; text where an object belongs is no field's business. */
function isOfKind({ kind }: Field, value: Json | undefined): boolean {
  if (value === undefined) return true
  if (kind === 'group') return isObject(value)
  if (kind === 'list') return Array.isArray(value)
  return typeof value !== 'object' || value === null
}

function Fields({ fields, ...inner }: SchemaFormProps) {
  const { document, rules, problems, onChange, instead } = inner
  return fields.map((field) => {
    const own = instead?.[field.place]
    if (own !== undefined)
      return (
        <div key={field.place} className="col-span-full min-w-0">
          {own}
        </div>
      )
    const value = valueAt(document, field.place)
    if (field.kind === 'json' || !isOfKind(field, value))
      return <AsJson key={field.place} field={field} document={document} />
    if (field.kind === 'group') return <Group key={field.place} field={field} {...inner} />
    if (field.kind === 'list') return <List key={field.place} field={field} {...inner} />
    const told = problems[field.place] ?? []
    const doubt = told.length === 0 ? doubtOf(field, value) : null
    return (
      <FieldInput
        key={field.place}
        field={{ ...field, required: field.required || inner.shape.required.has(field.place) }}
        value={value}
        hints={hintsFor(field, document, rules)}
        problems={doubt === null ? told : [{ tone: 'caution', text: doubt }]}
        onChange={(next) => onChange(withValue(document, field.place, next))}
      />
    )
  })
}

/** Pointers that have a place of their own in the form: problems of other places stand above it. */
export function placesOf(fields: readonly Field[], document: Json): string[] {
  return fields.flatMap((field) => {
    const { place, kind, itemAt } = field
    if (kind === 'group') return [place, ...placesOf(field.fields, document)]
    if (kind !== 'list' || itemAt === null) return [place]
    const value = valueAt(document, place)
    const count = Array.isArray(value) ? value.length : 0
    const items = Array.from({ length: count }, (_, index) => itemAt(index))
    return [place, ...placesOf(items, document)]
  })
}

export function SchemaForm({ fields, ...inner }: SchemaFormProps) {
  const shown = fields.filter((field) => isShown(field, inner))
  return (
    <div className="flex flex-col gap-3">
      <Columns>
        <Fields fields={shown} {...inner} />
      </Columns>
      <Unknown fields={fields} value={inner.document} />
    </div>
  )
}
