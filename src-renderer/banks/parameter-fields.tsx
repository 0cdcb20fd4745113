/** What can be set about the parameters of a bank: the name on the wire, the value sent by itself, what is allowed. */
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import { inputClass } from '../ui/field.tsx'
import { Prose } from '../ui/prose.tsx'
import { AdjustableField } from './adjustable-field.tsx'
import { noParameter, type ParameterDraft } from './environment-draft.ts'
import { type EnvironmentForm, without } from './environment-form.ts'
import { FieldDisclosure } from './field-disclosure.tsx'

type Parameter = EnvironmentDetail['parameters'][number]

export const isSet = (draft: ParameterDraft | undefined): boolean =>
  draft !== undefined && Object.values(draft).some((value) => value !== '')

interface ParameterProps {
  readonly parameter: Parameter
  readonly form: EnvironmentForm
}

function useParameter({ parameter: { key }, form }: ParameterProps) {
  const draft = form.draft.parameters[key] ?? noParameter
  const change = (part: Partial<ParameterDraft>) => {
    const next = { ...draft, ...part }
    const { parameters } = form.draft
    form.change({ parameters: isSet(next) ? { ...parameters, [key]: next } : without(parameters, key) })
  }
  /** Attributes of the field that holds this part. */
  const field = (part: keyof ParameterDraft, label: string, engineName: string = part) => ({
    field: `parameters.${key}.${engineName}`,
    label,
    of: key,
    problem: form.problemOf(`parameters.${key}.${engineName}`),
    onUndo: draft[part] === '' ? null : () => change({ [part]: '' }),
  })
  return { draft, change, field }
}

function NameAndValue(props: ParameterProps) {
  const { draft, change, field } = useParameter(props)
  const { key, value } = props.parameter
  const [place = '', declared = ''] = key.split(' ')
  const saved = props.form.detail.override.parameters[key]?.value
  return (
    <div className="grid grid-cols-2 gap-3">
      {place !== 'path' && (
        <AdjustableField {...field('name', 'Name on the wire')}>
          {(attributes) => (
            <input
              {...attributes}
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              value={draft.name}
              placeholder={declared}
              onChange={({ target }) => change({ name: target.value })}
              className={`${inputClass} font-mono text-sm`}
            />
          )}
        </AdjustableField>
      )}
      <AdjustableField {...field('value', 'Value when left empty')}>
        {(attributes) => (
          <input
            {...attributes}
            autoComplete="off"
            spellCheck={false}
            value={draft.value}
            placeholder={saved === undefined ? (value ?? 'none') : 'as in the bank’s document'}
            onChange={({ target }) => change({ value: target.value })}
            className={`${inputClass} font-mono text-sm`}
          />
        )}
      </AdjustableField>
    </div>
  )
}

function NeedAndValues(props: ParameterProps) {
  const { draft, change, field } = useParameter(props)
  const required = props.form.detail.override.parameters[props.parameter.key]?.required
  const printed = required === undefined ? ` (${props.parameter.required ? 'required' : 'optional'})` : ''
  return (
    <div className="grid grid-cols-2 gap-3">
      <AdjustableField {...field('values', 'Allowed values, one per line', 'enum')}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={2}
            autoComplete="off"
            spellCheck={false}
            value={draft.values}
            placeholder="as in the bank’s document"
            onChange={({ target }) => change({ values: target.value })}
            className={`${inputClass} h-auto! min-h-12 resize-y py-1 font-mono text-sm`}
          />
        )}
      </AdjustableField>
      <AdjustableField {...field('required', 'Need')}>
        {(attributes) => (
          <select
            {...attributes}
            value={draft.required}
            onChange={({ target }) => change({ required: target.value as ParameterDraft['required'] })}
            className={inputClass}
          >
            <option value="">{`as in the document${printed}`}</option>
            <option value="yes">required</option>
            <option value="no">optional</option>
          </select>
        )}
      </AdjustableField>
    </div>
  )
}

function aboutOf({ value, description, required }: Parameter, draft: ParameterDraft | undefined): string {
  const name = draft?.name ? `sent as ${draft.name}` : ''
  const sent = draft?.value || value
  return [name, sent ? `= ${sent}` : '', required ? 'required' : '', description]
    .filter(Boolean)
    .join(' · ')
    .replaceAll('`', '')
}

export function ParameterFields({
  form,
  parameters,
  assumed,
}: {
  readonly form: EnvironmentForm
  readonly parameters: readonly Parameter[]
  /** Names of the fields that an assumption rests on. */
  readonly assumed: ReadonlySet<string>
}) {
  return (
    <ul aria-label="Parameters" className="rounded-md border border-line">
      {parameters.map((parameter) => {
        const { key, description } = parameter
        const draft = form.draft.parameters[key]
        return (
          <FieldDisclosure
            key={key}
            field={`parameters.${key}`}
            name={key}
            about={aboutOf(parameter, draft)}
            yours={isSet(draft)}
            assumed={assumed.has(`parameters.${key}`)}
            wrong={form.problemOf(`parameters.${key}`) !== null}
          >
            {() => (
              <>
                {description !== '' && <Prose text={description} />}
                <NameAndValue parameter={parameter} form={form} />
                <NeedAndValues parameter={parameter} form={form} />
              </>
            )}
          </FieldDisclosure>
        )
      })}
    </ul>
  )
}
