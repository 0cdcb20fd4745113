/** Sends an exchange once more with the changes that are tried: signed anew first, so that its age is no second difference. */
import type { DraftInput } from '#shared/contract/requests.ts'
import { Fault, type FaultCode, isFaultCode } from '#shared/fault.ts'
import { api } from '../api.ts'
import { sendDraft, setSending } from '../forms/sending.ts'
import { changed, type SignedRequest } from './changes.ts'
import type { Laboratory } from './signature-view.ts'

/** Name under which the call is kept while the window is open. */
export const sendingName = ({ id }: Laboratory): string => `signature ${id}`

const own = /^(digest|date|x-request-id|signature|x-jws-signature|.*certificate)$/i

const withoutOwn = (values: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !own.test(name)))

/** What the signature makes and covers is set by hand, as anybody can: the send path then leaves it as it is. */
function byHand(draft: DraftInput, fresh: SignedRequest, made: SignedRequest): DraftInput {
  const ours = made.headers.filter(([name]) => own.test(name))
  const kept = new Set(made.headers.map(([name]) => name.toLowerCase()))
  const gone = fresh.headers.map(([name]) => name).filter((name) => !kept.has(name.toLowerCase()))
  const omit = [...(draft.omit ?? []), ...gone]
  return {
    ...draft,
    headers: { ...withoutOwn(draft.headers), ...Object.fromEntries(ours) },
    ...(made.body === null ? {} : { body: made.body }),
    ...(omit.length === 0 ? {} : { omit }),
    insist: true,
  }
}

const faultOf = ({ code, message, details }: { code: string; message: string; details: Record<string, unknown> }) =>
  new Fault((isFaultCode(code) ? code : 'INTERNAL') satisfies FaultCode, message, details)

async function changedDraft({ id, whole }: Laboratory, ids: ReadonlySet<string>): Promise<DraftInput> {
  const { draft: kept, leftOut } = await api.history.draft({ id })
  if (leftOut.length > 0)
    throw new Fault('PARAMETER_MISSING', 'History does not keep its secrets, so it cannot be sent again as it was.', {
      leftOut,
    })
  // A call of its own has a number of its own.
  const draft = { ...kept, parameters: withoutOwn(kept.parameters), headers: withoutOwn(kept.headers), insist: true }
  const { request, fault, obstacle } = await api.requests.check(draft)
  if (request === null)
    throw faultOf(obstacle ?? fault ?? { code: 'INTERNAL', message: 'Nothing to send.', details: {} })
  const fresh = { ...request, body: draft.body ?? null }
  return byHand(draft, fresh, await changed(fresh, ids, whole))
}

export async function sendChanged(laboratory: Laboratory, ids: readonly string[]): Promise<void> {
  const name = sendingName(laboratory)
  setSending(name, { busy: true, exchange: null, fault: null })
  try {
    const draft = await changedDraft(laboratory, new Set(ids))
    setSending(name, { busy: false })
    await sendDraft(name, draft)
  } catch (fault) {
    setSending(name, { busy: false, fault: fault as Fault })
  }
}
