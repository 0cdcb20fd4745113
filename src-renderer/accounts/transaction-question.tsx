/** What transactions are asked for: which call, which span, which of booked and pending, how many on a page. */
import type { TransactionsProfile } from '#shared/account-profile.ts'
import { useAccountsView } from './accounts-view.ts'
import { compactField } from './compact-field.ts'
import type { Account } from './read-account.ts'
import type { Question } from './transactions-store.ts'
import type { AccountCalls } from './use-account-calls.ts'

const day = (when: Date): string => when.toISOString().slice(0, 10)

/** Where the first day has to be given: so many days back. */
const usualDays = 30

export interface Asked {
  readonly profile: TransactionsProfile
  readonly way: number
  readonly from: string
  readonly to: string
  readonly size: string
  readonly choice: string
}

export function daysAgo(days: number, now = new Date()): string {
  return day(new Date(now.getTime() - days * 86_400_000))
}

/** The first day that may be asked for. */
export function oldestDay(months: number, now = new Date()): string {
  const oldest = new Date(now)
  oldest.setUTCMonth(oldest.getUTCMonth() - months)
  // The month before may be shorter: then it is its last day.
  if (oldest.getUTCDate() !== now.getUTCDate()) oldest.setUTCDate(0)
  return day(oldest)
}

/** What is asked for: the person's choice, or what is usual. */
export function useAsked(calls: AccountCalls): Asked | null {
  const [view] = useAccountsView(calls.bank.id, calls.environment)
  const profile = calls.profile.transactions
  if (profile === undefined) return null
  const way = view.way < profile.ways.length ? view.way : 0
  const needed = profile.span !== undefined && profile.span.days === undefined
  return {
    profile,
    way,
    from: view.from === '' && needed ? daysAgo(usualDays) : view.from,
    to: view.to,
    size: view.size,
    choice: view.choice === '' ? (profile.choice?.usual ?? '') : view.choice,
  }
}

function wordsOf({ from, to, choice, profile }: Asked): string {
  const { days } = profile.span ?? {}
  const span =
    from === '' && to === ''
      ? days === undefined
        ? 'all there are'
        : `the last ${days} days`
      : `${from === '' ? 'the beginning' : from} to ${to === '' ? 'today' : to}`
  return choice === '' ? span : `${span}, ${choice}`
}

export function questionOf(calls: AccountCalls, account: Account, asked: Asked): Question {
  const { profile, way, from, to, size, choice } = asked
  const { operation, paging } = profile.ways[way]!
  const sized = paging !== undefined && paging.by !== 'link' ? paging.size : undefined
  const own: Record<string, string> = {
    [calls.profile.parameter]: account.id,
    ...(profile.span === undefined ? {} : { [profile.span.from]: from, [profile.span.to]: to }),
    ...(profile.choice === undefined ? {} : { [profile.choice.parameter]: choice }),
    ...(sized === undefined ? {} : { [sized.parameter]: size === '' ? String(sized.usual) : size }),
  }
  return {
    book: calls.book,
    profile,
    way,
    template: calls.operation(operation)?.path ?? '',
    words: wordsOf(asked),
    draft: (parameters, path) => calls.draft(operation, { ...own, ...parameters }, path),
  }
}

/** Why the bank would refuse the span; null where nothing is known against it. */
export function spanProblem({ profile, from }: Asked): string | null {
  const { months } = profile.span ?? {}
  const oldest = months === undefined ? null : oldestDay(months)
  return oldest === null || from === '' || from >= oldest
    ? null
    : `The bank has them since ${oldest}: ${months} months.`
}

/** The same question, sent although it breaks the bank's schema. */
export const insisting = (question: Question): Question => ({
  ...question,
  draft: (parameters, path) => ({ ...question.draft(parameters, path), insist: true }),
})

/** Choices beside each other; the words of the call are the bank's. */
export function QuestionFields({ calls, asked }: { readonly calls: AccountCalls; readonly asked: Asked }) {
  const [, change] = useAccountsView(calls.bank.id, calls.environment)
  const { profile, way } = asked
  const { operation, paging } = profile.ways[way]!
  const values =
    calls.operation(operation)?.parameters.find(({ name }) => name === profile.choice?.parameter)?.enum ?? []
  const sized = paging !== undefined && paging.by !== 'link' ? paging.size : undefined
  const { months } = profile.span ?? {}
  const oldest = months === undefined ? undefined : oldestDay(months)
  return (
    <>
      {profile.ways.length > 1 && (
        <select
          aria-label="How the list comes"
          className={compactField}
          value={way}
          onChange={({ target }) => change({ way: Number(target.value) })}
        >
          {profile.ways.map((one, index) => (
            <option key={one.operation} value={index}>
              {one.paging === undefined ? 'In one answer' : 'In pages'}
            </option>
          ))}
        </select>
      )}
      {profile.span !== undefined && (
        <>
          <label className="flex items-center gap-1 text-sm text-muted">
            From
            <input
              type="date"
              aria-label={`First day asked for (${profile.span.from})`}
              className={compactField}
              min={oldest}
              title={oldest === undefined ? undefined : `The bank has them since ${oldest}: ${months} months.`}
              value={asked.from}
              onChange={({ target }) => change({ from: target.value })}
            />
          </label>
          <label className="flex items-center gap-1 text-sm text-muted">
            to
            <input
              type="date"
              aria-label={`Last day asked for (${profile.span.to})`}
              className={compactField}
              value={asked.to}
              onChange={({ target }) => change({ to: target.value })}
            />
          </label>
        </>
      )}
      {profile.choice !== undefined && (
        <select
          aria-label={`Which entries (${profile.choice.parameter})`}
          className={compactField}
          value={asked.choice}
          onChange={({ target }) => change({ choice: target.value })}
        >
          {[...new Set([asked.choice, ...values])].map((value) => (
            <option key={value}>{value}</option>
          ))}
        </select>
      )}
      {sized !== undefined && (
        <input
          aria-label={`Entries on a page (${sized.parameter})`}
          title={sized.most === undefined ? undefined : `At most ${sized.most}.`}
          inputMode="numeric"
          className={`${compactField} w-16 text-right`}
          placeholder={String(sized.usual)}
          value={asked.size}
          onChange={({ target }) => change({ size: target.value.replace(/\D/g, '').slice(0, 6) })}
        />
      )}
    </>
  )
}
