/** Changes the draft in front as a remedy elsewhere asked for it. */
import { useEffect } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { useApp } from '../app-state.ts'
import { type Amendment, fulfilled, useWishes } from '../open.ts'
import { edit, note, type OpenDraft, openDraft, useDrafts } from './open-drafts.ts'
import { sameHeader } from './same-header.ts'

/** Brings a draft of the operation to the front, the one that is there already where there is one. */
export function useAmendedDraft(): void {
  const { amendment } = useWishes()
  useEffect(() => {
    if (amendment === null || amendment.operation === null) return
    const { drafts, front } = useDrafts.getState()
    const current = drafts.find(({ id }) => id === front)
    if (current?.bank === amendment.bank && current.operation === amendment.operation) return
    openDraft(amendment.bank, amendment.operation)
  }, [amendment])
}

const withoutKey = (record: Readonly<Record<string, string>>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter(([other]) => !sameHeader(other, name)))

function partOf({ parameters }: OperationDetail, { parameter, without, part }: Amendment): string | null {
  if (part !== undefined) return part
  if (without !== undefined) return 'headers'
  const found = parameters.find(({ name }) => parameter !== undefined && sameHeader(name, parameter.name))
  return found === undefined ? null : found.in === 'header' ? 'headers' : 'params'
}

export function amend(draft: OpenDraft, detail: OperationDetail, amendment: Amendment): void {
  const { parameter, without } = amendment
  const name = detail.parameters.find((each) => parameter !== undefined && sameHeader(each.name, parameter.name))?.name
  if (parameter !== undefined && parameter.value !== null)
    edit(draft.id, { parameters: { ...draft.parameters, [name ?? parameter.name]: parameter.value } })
  if (without !== undefined)
    edit(draft.id, {
      headers: draft.headers.filter((header) => !sameHeader(header.name, without)),
      parameters: withoutKey(draft.parameters, without),
    })
  const part = partOf(detail, amendment)
  if (part !== null) note(draft.id, { part })
}

/** The same for the draft that is shown. */
export function useAmendment(draft: OpenDraft, detail: OperationDetail): void {
  const { amendment } = useWishes()
  const { bank } = useApp()
  useEffect(() => {
    // Run twice, it still changes once.
    if (amendment === null || useWishes.getState().amendment !== amendment) return
    if (amendment.operation === null ? bank !== draft.bank : amendment.operation !== draft.operation) return
    fulfilled('amendment')
    amend(draft, detail, amendment)
  }, [amendment, draft, detail, bank])
}
