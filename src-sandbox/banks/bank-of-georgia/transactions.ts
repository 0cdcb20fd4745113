/** GET transactions: a span in pages or what came after an entry, and one of them with all its fields. */
import { addDays, addMonths, dayOf, isDay } from '#sandbox/bank/calendar.ts'
import { jsonAnswer } from '#sandbox/net/answer.ts'
import { type AccountCall, admitRead, type CoveredAccount, coveredAccount } from './account-gate.ts'
import { accountPath, balancesOf } from './accounts.ts'
import type { BogHandler } from './admission.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { oldestMonths } from './life-times.ts'
import { decimal } from './money.ts'
import { settledPayments } from './settled-payments.ts'
import { announcedEntries } from './standing-entries.ts'
import { dayOfEntry, type Entry, entriesBetween, isPending } from './transaction-data.ts'

const pageSize = 50

/** Query parameters of the list; `page` is in the bank's own links only. */
export const transactionQuery = [
  'dateFrom',
  'dateTo',
  'entryReferenceFrom',
  'bookingStatus',
  'deltaList',
  'withBalance',
  'page',
]

interface Wanted {
  readonly from: string
  readonly to: string
  /** Only what came after this entry. */
  readonly after: string | null
  readonly status: string
}

function checkCombination(call: AccountCall): void {
  const { query } = call.received
  if (query.has('deltaList'))
    call.refuse('400-parameter-not-supported', { reason: 'the bank keeps no list of differences', path: 'deltaList' })
  if (query.has('dateFrom') && query.has('entryReferenceFrom'))
    call.refuse('400-parameter-not-consistent', {
      reason: 'dateFrom and entryReferenceFrom exclude each other',
      path: 'entryReferenceFrom',
    })
  for (const path of ['dateFrom', 'dateTo'])
    if (query.has(path) && !isDay(query.get(path) ?? ''))
      call.refuse('400-format-error', { reason: `${path} is no day of the form YYYY-MM-DD`, path })
}

function wantedIn(call: AccountCall): Wanted {
  checkCombination(call)
  const { query } = call.received
  const today = dayOf(call.now)
  const oldest = addMonths(today, -oldestMonths)
  const status = query.get('bookingStatus') ?? 'booked'
  const after = query.get('entryReferenceFrom')
  const to = query.get('dateTo') ?? today
  const known = after === null ? null : dayOfEntry(after)
  if (after !== null && known === null)
    call.refuse('400-format-error', { reason: 'this is no entryReference of the account', path: 'entryReferenceFrom' })
  const from = query.get('dateFrom') ?? known ?? (status === 'information' ? today : null)
  if (from === null) return call.refuse('400-format-error', { reason: 'dateFrom is missing', path: 'dateFrom' })
  if (from > to) call.refuse('400-parameter-not-consistent', { reason: 'dateFrom lies after dateTo', path: 'dateFrom' })
  if (from < oldest)
    call.refuse('400-period-invalid', {
      reason: `dateFrom lies before ${oldest}, the oldest day there is`,
      path: 'dateFrom',
    })
  return { from, to: to < today ? to : today, after, status }
}

/** Everything in the span, newest first. */
function entriesOf(call: AccountCall, { account, rights }: CoveredAccount, { from, to, after }: Wanted): Entry[] {
  const all = rights.currencies.flatMap((part) => [
    ...settledPayments(call, account, part.currency)
      .filter(({ day }) => day >= from && day <= to)
      .map(({ creditorName, creditorIban, ...debit }) => ({
        ...debit,
        currency: part.currency,
        counterparty: creditorName,
        counterpartyIban: creditorIban,
        card: false,
      })),
    ...entriesBetween(account, part, from, to),
  ])
  const sorted = all.sort((one, other) => other.day.localeCompare(one.day))
  const at = after === null ? -1 : sorted.findIndex(({ id }) => id === after)
  return at < 0 ? sorted : sorted.slice(0, at)
}

function entryJson({ account }: CoveredAccount, entry: Entry, today: string): object {
  const { amount, counterparty, counterpartyIban, currency, day, id, text } = entry
  const [own, other] = [{ iban: account.iban }, { iban: counterpartyIban }]
  const [creditorAccount, debtorAccount] = amount < 0 ? [other, own] : [own, other]
  return {
    transactionId: id,
    entryReference: id,
    ...(amount < 0 ? { creditorName: counterparty } : { debtorName: counterparty }),
    creditorAccount,
    debtorAccount,
    transactionAmount: { currency, amount: decimal(amount) },
    ...(isPending(entry, today) ? {} : { bookingDate: day }),
    valueDate: day,
    remittanceInformationUnstructured: text,
  }
}

/** Which page; the number is one the bank gave out in a link. */
function pageOf(call: AccountCall, pages: number): number {
  const text = call.received.query.get('page') ?? '0'
  const page = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (page === 0 || page < pages) return page
  return call.refuse('400-format-error', { reason: 'there is no such page', path: 'page' })
}

function pageLinks(bog: BogSurroundings, call: AccountCall, page: number, pages: number, path: string) {
  const to = (number: number) => {
    const query = new URLSearchParams(call.received.query)
    query.delete('page')
    if (number > 0) query.set('page', String(number))
    return bog.link(`${path}/transactions?${query.toString()}`)
  }
  if (pages < 2) return {}
  return {
    first: to(0),
    ...(page > 0 && { previous: to(page - 1) }),
    ...(page < pages - 1 && { next: to(page + 1) }),
    last: to(pages - 1),
  }
}

const listsOf: Readonly<Record<string, readonly ('booked' | 'pending' | 'information')[]>> = {
  booked: ['booked'],
  pending: ['pending'],
  both: ['booked', 'pending'],
  information: ['information'],
  all: ['booked', 'pending', 'information'],
}

export const listTransactions =
  (bog: BogSurroundings): BogHandler =>
  (plain) => {
    const call = admitRead(bog, plain)
    const wanted = wantedIn(call)
    const covered = coveredAccount(call, 'transactions')
    const { account, rights } = covered
    const today = dayOf(call.now)
    const lists = listsOf[wanted.status] ?? []
    const wants = (entry: Entry): boolean => lists.includes(isPending(entry, today) ? 'pending' : 'booked')
    const all = entriesOf(call, covered, wanted).filter(wants)
    const pages = Math.max(1, Math.ceil(all.length / pageSize))
    const page = pageOf(call, pages)
    const shown = all.slice(page * pageSize, (page + 1) * pageSize)
    const json = (entries: readonly Entry[]) => entries.map((entry) => entryJson(covered, entry, today))
    const withBalance = call.received.query.get('withBalance') === 'true' && rights.balances
    const body = {
      account: { iban: account.iban },
      transactions: {
        ...(lists.includes('booked') && { booked: json(shown.filter((entry) => !isPending(entry, today))) }),
        ...(lists.includes('pending') && { pending: json(shown.filter((entry) => isPending(entry, today))) }),
        ...(lists.includes('information') && { information: announcedEntries(call, account) }),
        _links: { account: bog.link(accountPath(account)), ...pageLinks(bog, call, page, pages, accountPath(account)) },
      },
      ...(withBalance && { balances: balancesOf(call, account, rights) }),
    }
    return jsonAnswer(200, body, `${shown.length} of ${all.length} entries; ${call.attendance}`)
  }

export const readTransaction =
  (bog: BogSurroundings): BogHandler =>
  (plain) => {
    const call = admitRead(bog, plain)
    const covered = coveredAccount(call, 'transactions')
    const id = call.parameter('transactionId')
    const today = dayOf(call.now)
    const span = { from: addMonths(today, -oldestMonths), to: today, after: null, status: 'both' }
    const day = dayOfEntry(id)
    const near = day === null ? span : { ...span, from: addDays(day, 0), to: day }
    const entry = entriesOf(call, covered, near).find((one) => one.id === id)
    if (!entry || entry.day > today)
      return call.refuse('404-resource-unknown', { reason: 'there is no such entry', path: 'transactionId' })
    const body = { transactionsDetails: entryJson(covered, entry, today) }
    return jsonAnswer(200, body, `entry ${id}; ${call.attendance}`)
  }
