/** The long lists of an environment: parameters, paths and schemas, searched together. */
import { useMemo, useState } from 'react'
import { bankOperations } from '../live-data.ts'
import { DetailSection } from '../ui/detail-section.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { FilterSelect } from '../ui/filter-select.tsx'
import { hasWords, wordsOf } from '../ui/matching-parts.ts'
import { SearchField } from '../ui/search-field.tsx'
import { useSoughtField } from './banks-view.ts'
import { fieldOfAdjustment } from './environment-draft.ts'
import type { EnvironmentForm } from './environment-form.ts'
import { FirstRows } from './first-rows.tsx'
import { isSet, ParameterFields } from './parameter-fields.tsx'
import { PathFields } from './path-fields.tsx'
import { SchemaFields } from './schema-fields.tsx'

type Show = '' | 'yours' | 'assumed'

/** What the search and the choice leave; a field somebody is led to is always there. */
function useFound(form: EnvironmentForm, search: string, show: Show, assumed: ReadonlySet<string>) {
  const { detail, draft } = form
  const { field: sought } = useSoughtField()
  const operations = bankOperations(detail.bank)()
  const words = useMemo(() => wordsOf(search), [search])
  const stays = (field: string, yours: boolean, text: string): boolean =>
    sought === field ||
    sought?.startsWith(`${field}.`) === true ||
    (hasWords(text, words) && (show === '' || (show === 'yours' ? yours : assumed.has(field))))
  const schemas = new Set([
    ...Object.keys(draft.schemas),
    ...[...assumed].filter((field) => field.startsWith('schemas.')).map((field) => field.slice('schemas.'.length)),
  ])
  return {
    operations,
    parameters: detail.parameters.filter(({ key, description }) => {
      const own = draft.parameters[key]
      return stays(`parameters.${key}`, isSet(own), `${key} ${own?.name ?? ''} ${description}`)
    }),
    paths: (operations.value ?? []).filter(({ id, method, path, title }) =>
      stays(`paths.${id}`, draft.paths[id] !== undefined, `${id} ${method} ${path} ${title}`),
    ),
    schemas: [...schemas].sort().filter((name) => stays(`schemas.${name}`, draft.schemas[name] !== undefined, name)),
  }
}

const titleOf = (name: string, shown: number, of: number): string =>
  shown === of ? `${name} (${of})` : `${name} (${shown} of ${of})`

export function EnvironmentRest({ form }: { readonly form: EnvironmentForm }) {
  const [search, setSearch] = useState('')
  const [show, setShow] = useState<Show>('')
  const assumed = useMemo(
    () => new Set(form.detail.assumptions.flatMap(({ adjust }) => adjust.map(fieldOfAdjustment))),
    [form.detail.assumptions],
  )
  const { operations, parameters, paths, schemas } = useFound(form, search, show, assumed)
  const all = search.trim() === '' && show === ''
  const nothing = parameters.length + paths.length + schemas.length === 0 && !all
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
        <SearchField
          label="Search the fields below"
          value={search}
          onChange={setSearch}
          // Enter in a form would save it.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <FilterSelect
          label="Which fields"
          all="All fields"
          value={show}
          options={[
            ['yours', 'Set by you'],
            ['assumed', 'Assumed'],
          ]}
          onChange={(value) => setShow(value as Show)}
        />
        {nothing && <p className="text-muted">No field has all of this.</p>}
      </div>
      {(parameters.length > 0 || all) && (
        <DetailSection title={titleOf('Parameters', parameters.length, form.detail.parameters.length)}>
          <p className="text-sm text-muted">Wherever the bank declares them; empty fields stay as in its document.</p>
          <FirstRows items={parameters} fieldOf={({ key }) => `parameters.${key}`}>
            {(shown) => <ParameterFields form={form} parameters={shown} assumed={assumed} />}
          </FirstRows>
        </DetailSection>
      )}
      <FaultNotice fault={operations.fault} title="The operations cannot be read" />
      {(paths.length > 0 || all) && (
        <DetailSection title={titleOf('Paths', paths.length, operations.value?.length ?? 0)}>
          <FirstRows items={paths} fieldOf={({ id }) => `paths.${id}`}>
            {(shown) => <PathFields form={form} operations={shown} assumed={assumed} />}
          </FirstRows>
        </DetailSection>
      )}
      {(schemas.length > 0 || all) && (
        <DetailSection title="Schemas">
          <p className="text-sm text-muted">
            Where bodies have another shape here: the JSON Schema that is right takes the place of the document’s.
          </p>
          <SchemaFields form={form} names={schemas} assumed={assumed} all={all} />
        </DetailSection>
      )}
    </>
  )
}
