/** Takes the document's examples over into a draft: only into what is empty, and in a way that can be taken back. */
import { create } from 'zustand'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { type DraftContent, edit, findDraft, type OpenDraft } from './open-drafts.ts'
import { isMissing } from './parameter-problem.ts'
import { takeOverTyping } from './take-over-typing.ts'

/** What a filling replaced. */
interface Before {
  readonly content: DraftContent
  /** Of the draft right after; once it was edited further, taking back would lose that. */
  readonly revision: number
}

const useBefore = create<Readonly<Record<string, Before>>>(() => ({}))

type Typed = Pick<OpenDraft, 'parameters' | 'body'>

/** What is required and has no value yet, as far as the document has examples; empty where there is nothing to do. */
export function missingExamples(detail: OperationDetail, { parameters, body }: Typed): DraftContent {
  const found = detail.parameters
    .filter((parameter) => isMissing(parameter, parameters[parameter.name] ?? ''))
    .flatMap(({ name, example, enum: values }): [string, string][] => {
      const value = example ?? values[0]
      return value === undefined ? [] : [[name, value]]
    })
  const example = detail.body?.required === true && body === '' ? detail.body.example : null
  return {
    ...(found.length === 0 ? {} : { parameters: { ...parameters, ...Object.fromEntries(found) } }),
    ...(example === null ? {} : { body: example }),
  }
}

function fill(id: string, content: DraftContent): void {
  takeOverTyping()
  const draft = findDraft(id)
  if (draft === undefined || Object.keys(content).length === 0) return
  const { parameters, body } = draft
  edit(id, content)
  useBefore.setState({ [id]: { content: { parameters, body }, revision: draft.revision + 1 } })
}

export const fillMissing = (draft: OpenDraft, detail: OperationDetail): void =>
  fill(draft.id, missingExamples(detail, draft))

/** Replaces a body that was typed; that can be taken back too. */
export const fillBody = (draft: OpenDraft, example: string): void => fill(draft.id, { body: example })

/** Takes the last filling back; null when there was none, or the draft was edited since. */
export function useUndoFilling(draft: OpenDraft): (() => void) | null {
  const before = useBefore()[draft.id]
  if (before === undefined || before.revision !== draft.revision) return null
  return () => edit(draft.id, before.content)
}
