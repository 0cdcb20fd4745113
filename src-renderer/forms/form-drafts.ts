/** What was typed into forms, by the form's name: kept across views and reloads, without what is secret in it. */
import { create } from 'zustand'
import { redactBody, redactHeaders } from '#shared/redact.ts'
import { redacted } from '#shared/redacted.ts'
import { keep, useApp } from '../app-state.ts'

export interface FormDraft {
  readonly parameters: Readonly<Record<string, string>>
  /** Text of the body, as it would be sent. */
  readonly body: string
  /** The body is shown as text and not as fields. */
  readonly raw: boolean
}

const key = (name: string): string => `form ${name}`

/** What is typed lives here in full; the kept copy has no secrets. */
const useFormDrafts = create<Readonly<Record<string, FormDraft>>>(() => ({}))

/** Half a secret is of no use: the field is empty after a reload. */
function withoutSecrets({ parameters, body, raw }: FormDraft, marks: readonly string[]): FormDraft {
  const shown = redactHeaders(Object.entries(parameters), [], marks)
  return {
    parameters: Object.fromEntries(shown.filter(([, value]) => !value.includes(redacted))),
    body: redactBody(body, 'application/json', [], marks),
    raw,
  }
}

function isDraft(value: unknown): value is FormDraft {
  if (typeof value !== 'object' || value === null) return false
  const { parameters, body, raw } = value as Partial<FormDraft>
  return typeof parameters === 'object' && parameters !== null && typeof body === 'string' && typeof raw === 'boolean'
}

const keptOf = (name: string): FormDraft | null => {
  const kept = useApp.getState().kept[key(name)]
  return isDraft(kept) ? kept : null
}

/**
 * @param marks what the bank's data marks as secret
 * @returns null while nothing was typed
 */
export function useFormDraft(
  name: string,
  marks: readonly string[] = [],
): readonly [FormDraft | null, (draft: FormDraft) => void] {
  const typed = useFormDrafts()[name] ?? keptOf(name)
  return [typed, (draft) => setFormDraft(name, draft, marks)]
}

/**
 * What a form begins with. Nothing when there is something: what a person types right after the form appeared comes
 * before the effects of its first showing.
 */
export function beginFormDraft(name: string, draft: FormDraft): void {
  if (useFormDrafts.getState()[name] === undefined && keptOf(name) === null) setFormDraft(name, draft)
}

export function setFormDraft(name: string, draft: FormDraft, marks: readonly string[] = []): void {
  useFormDrafts.setState({ [name]: draft })
  keep(key(name), withoutSecrets(draft, marks))
}
