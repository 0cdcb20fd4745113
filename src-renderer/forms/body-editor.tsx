/** A body as fields or as the text it is: one document, shown in two ways, and nothing of it lost between them. */
import { type ReactNode, useMemo, useState } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { Notice } from '../ui/notice.tsx'
import { Segments } from '../ui/segments.tsx'
import { TextAreaField } from '../ui/text-area-field.tsx'
import type { FieldProblem } from './field-input.tsx'
import type { Field, FormShape } from './form-fields.ts'
import { isObject, type Json } from './json-value.ts'
import { lossIn } from './lossless-json.ts'
import { SchemaForm } from './schema-form.tsx'

/** null where the text is no JSON object. */
export function documentOf(text: string): Json | null {
  if (text.trim() === '') return {}
  try {
    const value = JSON.parse(text) as Json
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Why the text cannot be shown as fields; null where it can. */
export function obstacleToForm(text: string): string | null {
  if (text.trim() === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? lossIn(text) : 'The text is no JSON object.'
  } catch (error) {
    return `The text is no JSON: ${(error as Error).message}`
  }
}

export const textOf = (document: Json): string =>
  isObject(document) && Object.keys(document).length === 0 ? '' : JSON.stringify(document, null, 2)

interface Shown {
  readonly text: string
  readonly raw: boolean
  readonly fields: readonly Field[]
  readonly shape: FormShape
  readonly rules: OperationDetail['rules']
  readonly problems: Readonly<Record<string, readonly FieldProblem[]>>
  readonly onText: (text: string) => void
  readonly onRaw: (raw: boolean) => void
  readonly instead?: Readonly<Record<string, ReactNode>>
}

const looks = [
  { value: 'form', name: 'Form' },
  { value: 'json', name: 'Raw JSON' },
] as const

export function BodyEditor({ text, raw, fields, shape, rules, problems, onText, onRaw, instead }: Shown) {
  const [refused, setRefused] = useState<string | null>(null)
  const document = useMemo(() => documentOf(text), [text])
  const asText = raw || document === null
  const all = Object.entries(problems).flatMap(([place, list]) =>
    list.map(({ text: said }) => `${place} ${said}`.trim()),
  )
  const toForm = () => {
    const obstacle = obstacleToForm(text)
    setRefused(obstacle)
    if (obstacle === null) onRaw(false)
  }
  return (
    <div className="flex flex-col gap-3">
      <Segments
        label="Body shown as"
        options={looks}
        value={asText ? 'json' : 'form'}
        onChoose={(look) => (look === 'form' ? toForm() : onRaw(true))}
      />
      {refused !== null && asText && (
        <Notice tone="caution" title="This cannot be shown as a form">
          {refused}
        </Notice>
      )}
      {asText ? (
        <TextAreaField
          label="Body"
          rows={18}
          value={text}
          problem={all.length === 0 ? null : all.join(' ')}
          onChange={({ target }) => {
            setRefused(null)
            onText(target.value)
          }}
        />
      ) : (
        <>
          {(problems[''] ?? []).map(({ tone, text: said }) => (
            <p key={said} role="alert" className={tone === 'bad' ? 'text-bad' : 'text-caution'}>
              {said}
            </p>
          ))}
          <SchemaForm
            fields={fields}
            shape={shape}
            document={document}
            rules={rules}
            problems={problems}
            onChange={(next) => onText(textOf(next))}
            {...(instead === undefined ? {} : { instead })}
          />
        </>
      )}
    </div>
  )
}
