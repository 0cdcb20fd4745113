/** Finds the bank and the operation a call of a report was meant for: by its host, its path and what it carries. */
import { headersOfSigning } from '#shared/signing-profile.ts'
import type { Bank, Operation } from '../../banks/bank.ts'
import { matchPath, type PathMatch } from './match-path.ts'
import { headerIn, type ReportEntry } from './report.ts'

/** A bank at one environment, with the base URLs its hosts have there. */
export interface Place {
  readonly bank: Bank
  readonly environment: string
  readonly urls: Readonly<Record<string, string>>
}

export interface Candidate {
  readonly bank: Bank
  /** The environment whose URL it is; null where only the path speaks for the operation. */
  readonly environment: string | null
  readonly operation: Operation
  readonly match: PathMatch
  /** 0 to 1. */
  readonly score: number
  readonly reason: string
}

interface Target {
  /** `host[:port]`, lower case; empty where the report names none. */
  readonly host: string
  readonly path: string
}

function targetOf(url: string): Target {
  const [, host = '', path = '/'] = /^(?:https?:\/\/([^/?#]*))?([^?#]*)/i.exec(url) ?? []
  return { host: host.toLowerCase().replace(/:443$/, ''), path: path === '' ? '/' : path }
}

/** The path behind the base URL of the operation's host; null where the URL is of another host. */
function behindBase({ urls }: Place, operation: Operation, target: Target): string | null {
  const base = urls[operation.host] ?? ''
  if (base === '' || target.host === '') return null
  const { host, path } = targetOf(base)
  const prefix = path.replace(/\/+$/, '')
  if (host !== target.host || !(target.path === prefix || target.path.startsWith(`${prefix}/`))) return null
  return target.path.slice(prefix.length)
}

/** Operations of one method and path are told apart by fields of their form. */
function fitsForm({ when }: Operation, { request }: ReportEntry): boolean {
  const wanted = Object.entries(when)
  if (wanted.length === 0) return true
  const form = new URLSearchParams(request.body ?? '')
  return wanted.every(([name, value]) => form.get(name) === value)
}

/** Share of what the call carries that the operation knows: headers and fields of the query that only some declare. */
function kinship(bank: Bank, operation: Operation, { request }: ReportEntry): { share: number; names: string[] } {
  const query = new URLSearchParams(/\?([^#]*)/.exec(request.url)?.[1] ?? '')
  const declared = operation.parameters.filter(({ in: place }) => place !== 'path').map(({ wireName }) => wireName)
  const known = new Set([...declared.map((name) => name.toLowerCase()), ...headersOfSigning(bank.profile.signing)])
  const carried = [
    ...request.headers.map(([name]) => name.toLowerCase()),
    ...[...query.keys()].map((name) => name.toLowerCase()),
  ]
  const telling = carried.filter((name) => !general.has(name))
  const names = telling.filter((name) => known.has(name))
  return { share: telling.length === 0 ? 0 : names.length / telling.length, names }
}

/** Headers that say nothing about the bank. */
const general = new Set(
  'host accept accept-encoding accept-language accept-charset connection content-type content-length user-agent authorization cookie date digest cache-control pragma origin referer'.split(
    ' ',
  ),
)

function judge(place: Place, operation: Operation, entry: ReportEntry, target: Target): Candidate | null {
  if (operation.method !== entry.request.method || !fitsForm(operation, entry)) return null
  const { bank } = place
  const inside = behindBase(place, operation, target)
  const match = matchPath(operation.path, inside ?? target.path)
  if (match === null || (inside !== null && match.before > 0)) return null
  const { share, names } = kinship(bank, operation, entry)
  const common = { bank, operation, match }
  if (inside !== null) {
    const reason = `The host is that of ${bank.name}, ${bank.environment(place.environment).name}, and the path that of the operation.`
    return { ...common, environment: place.environment, score: 0.9 + 0.1 * share, reason }
  }
  // A path of placeholders alone would fit anything.
  if (match.literals === 0) return null
  const path = match.before === 0 ? 'The path is that of the operation' : `The path ends in that of the operation`
  const also = names.length === 0 ? '' : `, and it carries ${names.slice(0, 4).join(', ')}`
  const score = (match.before === 0 ? 0.45 : 0.35) + 0.05 * Math.min(match.literals, 3) + 0.25 * share
  return { ...common, environment: null, score, reason: `${path}${also}; the host is of no environment that is known.` }
}

function named(places: readonly Place[], { hints, request }: ReportEntry): Candidate[] {
  if (hints.operation === null) return []
  const fitting = places.filter(
    ({ bank }) =>
      (hints.bank === null || bank.id === hints.bank) && bank.operations.some(({ id }) => id === hints.operation),
  )
  const { path } = targetOf(request.url)
  return fitting.map(({ bank, environment }) => {
    const operation = bank.operation(hints.operation!)
    const match = matchPath(operation.path, path) ?? { values: new Map<string, string>(), literals: 0, before: 0 }
    const same = hints.environment === environment
    const reason = 'The report names the operation.'
    return { bank, operation, match, environment: same ? environment : null, score: same ? 1 : 0.95, reason }
  })
}

/** The best of each operation, best first; of one bank only those whose path is as exact as the best. */
export function findCall(places: readonly Place[], entry: ReportEntry): Candidate[] {
  const target = targetOf(entry.request.url)
  const direct = named(places, entry)
  const all =
    direct.length > 0
      ? direct
      : places.flatMap((place) => place.bank.operations.flatMap((each) => judge(place, each, entry, target) ?? []))
  const best = new Map<string, Candidate>()
  for (const candidate of all) {
    const key = `${candidate.bank.id} ${candidate.operation.id}`
    const before = best.get(key)
    if (before === undefined || before.score < candidate.score) best.set(key, candidate)
  }
  const found = [...best.values()].sort((a, b) => b.score - a.score)
  const exact = new Map<string, number>()
  for (const { bank, match } of found) exact.set(bank.id, Math.max(exact.get(bank.id) ?? 0, match.literals))
  return found.filter(({ bank, match }) => match.literals === exact.get(bank.id)).slice(0, 8)
}

/** Scores nearer than this do not decide. */
const tooNear = 0.05

/** The one it was; null where several could be it. */
export function decided(candidates: readonly Candidate[]): Candidate | null {
  const [best, next] = candidates
  if (best === undefined) return null
  return next !== undefined && best.score - next.score < tooNear ? null : best
}

/** Every `host[:port]` of the places. */
export const hostsOf = (places: readonly Place[]): string[] =>
  places.flatMap(({ urls }) => Object.values(urls).map((url) => targetOf(url).host)).filter((host) => host !== '')

export const contentTypeOf = ({ request }: ReportEntry): string => headerIn(request.headers, 'content-type') ?? ''
