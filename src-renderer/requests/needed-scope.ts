/** The scope an operation needs, with the ids of the draft filled in. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { OpenDraft } from './open-drafts.ts'

/** A placeholder stays where the draft has no value yet; null where no token is needed. */
export function neededScope(
  { scope }: Pick<OperationDetail, 'scope'>,
  draft: Pick<OpenDraft, 'parameters'>,
): string | null {
  return scope?.replace(/\{([^}]+)\}/g, (placeholder, name: string) => draft.parameters[name] || placeholder) ?? null
}
