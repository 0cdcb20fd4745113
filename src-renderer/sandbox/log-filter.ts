/** Which calls of a log are listed: by bank, by status, and by words anywhere in what the bank wrote down. */
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'

export interface LogFilter {
  readonly bank: string
  readonly status: string
  readonly words: string
}

export const logStatuses = [
  ['2xx', '2xx'],
  ['3xx', '3xx'],
  ['4xx', '4xx'],
  ['5xx', '5xx'],
  ['none', 'No answer'],
  ['fault', 'Fault applied'],
] as const

const hasStatus = ({ status, faults }: SandboxLogEntry, wanted: string): boolean => {
  if (wanted === '') return true
  if (wanted === 'fault') return faults !== undefined
  return wanted === 'none' ? status === 0 : `${Math.floor(status / 100)}xx` === wanted
}

const textOf = ({ path, reason, operation, requestId, method, signature, faults }: SandboxLogEntry): string =>
  [method, path, operation, reason, requestId, signature?.verdict, ...(faults ?? [])].join(' ').toLowerCase()

export function filteredLog(entries: readonly SandboxLogEntry[], { bank, status, words }: LogFilter) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter((entry) => {
    if ((bank !== '' && entry.bank !== bank) || !hasStatus(entry, status)) return false
    if (wanted.length === 0) return true
    const text = textOf(entry)
    return wanted.every((word) => text.includes(word))
  })
}

/** A log only grows at its newer end, so the same newest call and length mean the same log. */
export function isSameLog(one: readonly SandboxLogEntry[], other: readonly SandboxLogEntry[]): boolean {
  const [a, b] = [one[0], other[0]]
  return one.length === other.length && a?.at === b?.at && a?.path === b?.path && a?.requestId === b?.requestId
}

/** Keys by which rows are told apart: entries have no id, and two calls can be alike but for their order. */
export function logKeys(entries: readonly SandboxLogEntry[]): ReadonlyMap<SandboxLogEntry, string> {
  const counts = new Map<string, number>()
  const keys = new Map<SandboxLogEntry, string>()
  // From the oldest on, so that a key stays when newer calls come.
  for (const entry of [...entries].reverse()) {
    const base = [entry.at, entry.bank, entry.method, entry.path, entry.requestId].join(' ')
    const count = counts.get(base) ?? 0
    counts.set(base, count + 1)
    keys.set(entry, `${base} ${count}`)
  }
  return keys
}
