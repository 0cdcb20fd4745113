/** Checks a draft while it is written, in one answer: what would go out, and everything that breaks the schema whatever is found first. */

import type { Draft } from '#shared/contract/requests.ts'
import { bodyProblemSchema, type CheckedDraft } from '#shared/contract/requests.ts'
import { type Fault, isFault } from '#shared/fault.ts'
import { checkBody } from './check-body.ts'
import { type Rehearsal, rehearse, type SendParts } from './send.ts'

/** What a person may send on purpose, to see what the bank says. */
const schemaFaults: ReadonlySet<string> = new Set(['BODY_INVALID', 'PARAMETER_MISSING', 'PARAMETER_INVALID'])

type Tried =
  | { readonly rehearsal: Rehearsal; readonly fault: null }
  | { readonly rehearsal: null; readonly fault: Fault }

async function tried<Result>(
  work: Promise<Result>,
): Promise<{ result: Result; fault: null } | { result: null; fault: Fault }> {
  try {
    return { result: await work, fault: null }
  } catch (fault) {
    if (!isFault(fault)) throw fault
    return { result: null, fault }
  }
}

async function rehearsed(draft: Draft, parts: SendParts): Promise<Tried> {
  const { result, fault } = await tried(rehearse(draft, parts))
  return fault === null ? { rehearsal: result, fault } : { rehearsal: null, fault }
}

const problemsIn = (fault: Fault | null): CheckedDraft['body'] => {
  if (fault?.code !== 'BODY_INVALID') return []
  const found = bodyProblemSchema.array().safeParse(fault.details.problems)
  return found.success ? found.data : []
}

/** The body by itself, although parameters were refused before its turn came. */
async function bodyAlone(
  { bank: id, environment, operation, body }: Draft,
  parts: SendParts,
): Promise<CheckedDraft['body']> {
  if (body === undefined || body === '') return []
  const { fault } = await tried(
    parts.banks.at(id, environment).then((bank) => checkBody(bank, bank.operation(operation), body, false)),
  )
  return problemsIn(fault)
}

const asData = (fault: Fault | null): CheckedDraft['fault'] =>
  fault === null ? null : { code: fault.code, message: fault.message, details: fault.details }

/** Sends nothing. Throws only what is a mistake of the workbench. */
export async function checkDraft(draft: Draft, parts: SendParts): Promise<CheckedDraft> {
  const asIs = await rehearsed(draft, parts)
  const { fault } = asIs
  const anyway =
    fault !== null && schemaFaults.has(fault.code) ? await rehearsed({ ...draft, insist: true }, parts) : asIs
  const { request = null, findings = [], signature = null } = anyway.rehearsal ?? {}
  const inOrder = fault === null && !findings.some(({ id }) => /^(parameter|body)-/.test(id))
  const body = fault?.code === 'BODY_INVALID' ? problemsIn(fault) : inOrder ? [] : await bodyAlone(draft, parts)
  return { request, signature, findings, fault: asData(fault), obstacle: asData(anyway.fault), body }
}
