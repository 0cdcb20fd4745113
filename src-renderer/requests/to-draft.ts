/** An open draft as the engine takes it. */
import type { DraftInput } from '#shared/contract/requests.ts'
import type { OpenDraft } from './open-drafts.ts'

/** `identity` is the one of the top bar, used where the draft names none. */
export function toDraft(draft: OpenDraft, environment: string, identity: string | null): DraftInput {
  const chosen = draft.identity ?? identity
  return {
    bank: draft.bank,
    environment,
    operation: draft.operation,
    parameters: Object.fromEntries(Object.entries(draft.parameters).filter(([, value]) => value !== '')),
    headers: Object.fromEntries(
      draft.headers.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]),
    ),
    ...(draft.omit.length === 0 ? {} : { omit: [...draft.omit] }),
    ...(draft.method === null ? {} : { method: draft.method }),
    ...(draft.path === null ? {} : { path: draft.path }),
    ...(draft.body === '' ? {} : { body: draft.body }),
    ...(chosen === null ? {} : { identity: chosen }),
    ...(draft.grant === null ? {} : { grant: draft.grant }),
    insist: draft.insist,
  }
}
