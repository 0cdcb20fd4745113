/** Opens a report: reads it, finds bank and operation, masks it, explains its answer and makes a draft of it. */

import type { Explanation } from '#shared/contract/exchange.ts'
import type { OpenedReport } from '#shared/contract/reports.ts'
import { Fault } from '#shared/fault.ts'
import type { Bank, Operation } from '../../banks/bank.ts'
import type { BankShelf } from '../../banks/bank-shelf.ts'
import type { Endpoints } from '../prepared.ts'
import { type Candidate, decided, findCall, hostsOf, type Place } from './find-call.ts'
import { makeDraft } from './make-draft.ts'
import { markedIn } from './marked-in.ts'
import { maskEntry, maskTexts, secretsOf } from './mask-entry.ts'
import { matchPath } from './match-path.ts'
import type { ReadOne, ReadRequest } from './read-entry.ts'
import type { Remark, ReportEntry } from './report.ts'

/** What a report tells of a call, for whoever explains it. */
export interface ReportedCall {
  /** At the environment the call went to, or the first one. */
  readonly bank: Bank
  readonly environment: string
  readonly operation: Operation
  /** Values of the path's placeholders. */
  readonly values: Readonly<Record<string, string>>
  readonly entry: ReportEntry
  /** Body of the answer, secrets taken out. */
  readonly answer: string
}

export interface OpenReportParts {
  readonly banks: Pick<BankShelf, 'all' | 'at' | 'open'>
  endpoints(bank: Bank, environment: string): Promise<Endpoints>
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadOne>
  explain(call: ReportedCall): Explanation[]
}

export interface OpenReportInput {
  readonly text: string
  readonly entry?: number | undefined
  readonly bank?: string | undefined
  readonly operation?: string | undefined
  readonly into?: string | undefined
  readonly identity?: string | undefined
}

/** Every bank at every environment; one whose sandbox does not run has no URLs there. */
export async function placesOf({ banks, endpoints }: OpenReportParts, only: string | undefined): Promise<Place[]> {
  const chosen = only === undefined ? await banks.all() : [await banks.open(only)]
  const pairs = chosen.flatMap((bank) => bank.profile.environments.map(({ id }) => [bank.id, id] as const))
  return Promise.all(
    pairs.map(async ([id, environment]) => {
      const bank = await banks.at(id, environment)
      const found = await endpoints(bank, environment).catch(() => null)
      return { bank, environment, urls: found?.urls ?? bank.environment(environment).urls }
    }),
  )
}

/** What a person chose, whatever the path says. @throws Fault OPERATION_UNKNOWN */
function chosenCall(places: readonly Place[], operation: string, entry: ReportEntry): Candidate[] {
  const [place] = places
  if (place === undefined) return []
  const found = place.bank.operation(operation)
  const path = /^(?:https?:\/\/[^/?#]*)?([^?#]*)/i.exec(entry.request.url)?.[1] ?? '/'
  const match = matchPath(found.path, path) ?? { values: new Map<string, string>(), literals: 0, before: 0 }
  return [{ bank: place.bank, environment: null, operation: found, match, score: 1, reason: 'It was chosen.' }]
}

export function candidatesOf(
  places: readonly Place[],
  entry: ReportEntry,
  input: Pick<OpenReportInput, 'bank' | 'operation'>,
): Candidate[] {
  const found = findCall(places, entry)
  if (input.operation === undefined) return found
  if (input.bank === undefined)
    throw new Fault('INPUT_INVALID', 'An operation is named without its bank. Name the bank too.')
  const same = found.filter(({ operation }) => operation.id === input.operation)
  return same.length > 0 ? same.slice(0, 1) : chosenCall(places, input.operation, entry)
}

const unsure = (candidates: readonly Candidate[]): Remark =>
  candidates.length === 0
    ? {
        id: 'operation-unknown',
        message: 'No operation of a bank that is known fits this call: choose bank and operation.',
      }
    : { id: 'operation-ambiguous', message: 'Several operations fit this call as well as one another: choose one.' }

const sandboxOf = ({ profile }: Bank): string =>
  (profile.environments.find(({ kind }) => kind === 'local-sandbox') ?? profile.environments[0])!.id

/** Nothing of the report is kept. @throws Fault REPORT_REFUSED, BANK_UNKNOWN, OPERATION_UNKNOWN, ENVIRONMENT_UNKNOWN, CANCELLED */
export async function openReport(
  input: OpenReportInput,
  parts: OpenReportParts,
  signal?: AbortSignal,
): Promise<OpenedReport> {
  const places = await placesOf(parts, input.bank)
  const { text, entry: place } = input
  const one = await parts.read({ text, entry: place, hosts: hostsOf(places) }, signal)
  const { entry } = one
  const candidates = candidatesOf(places, entry, input)
  const best = input.operation === undefined ? decided(candidates) : (candidates[0] ?? null)
  const masked = maskEntry(entry, markedIn(candidates))
  const remarks = [...one.remarks, ...(best === null ? [unsure(candidates)] : [])]
  if (masked.cut) remarks.push({ id: 'body-cut', message: 'A body is longer than is shown here.' })
  const into = best === null ? null : (input.into ?? sandboxOf(best.bank))
  const bank = best === null || into === null ? null : await parts.banks.at(best.bank.id, into)
  const made =
    best === null || bank === null || into === null
      ? null
      : makeDraft({ ...best, bank, operation: bank.operation(best.operation.id) }, entry, {
          environment: into,
          identity: input.identity,
        })
  return {
    form: one.form,
    entries: [...one.entries],
    entry: one.chosen,
    bank: best?.bank.id ?? null,
    environment: best?.environment ?? null,
    operation: best?.operation.id ?? null,
    candidates: candidates.map(({ bank: { id, name }, environment, operation, score, reason }) => ({
      bank: id,
      bankName: name,
      environment,
      operation: operation.id,
      title: operation.title,
      score: Math.round(score * 100) / 100,
      reason,
    })),
    request: masked.request,
    response: masked.response,
    explanations: explained(best, entry, masked.response?.body ?? '', parts),
    draft: made?.draft ?? null,
    leftOut: [...(made?.leftOut ?? [])],
    remarks,
  }
}

function explained(
  best: Candidate | null,
  entry: ReportEntry,
  answer: string,
  { explain }: OpenReportParts,
): Explanation[] {
  if (best === null || entry.response === null) return []
  const { bank, operation, match } = best
  const environment = best.environment ?? sandboxOf(bank)
  const found = explain({ bank, environment, operation, values: Object.fromEntries(match.values), entry, answer })
  // Evidence may quote the call in its own words.
  return maskTexts(found, secretsOf(entry, operation.secrets)) as Explanation[]
}
