/** Invented entries: the same for everyone who asks on the same day, one month after the other adding up to zero. */
import { addDays, addMonths } from '#sandbox/bank/calendar.ts'
import { type RepeatableRandom, repeatableRandom } from '#sandbox/state/random.ts'
import type { BogAccount, CurrencyAccount } from './customers.ts'
import { georgianIban } from './georgian-iban.ts'

export interface Entry {
  readonly id: string
  readonly day: string
  readonly currency: string
  /** Hundredths; negative leaves the account. */
  readonly amount: number
  readonly counterparty: string
  readonly counterpartyIban: string
  readonly text: string
  readonly card: boolean
}

type Draft = Pick<Entry, 'day' | 'amount' | 'counterparty' | 'text' | 'card'>

const shops = [
  'კარფური',
  'ორი ნაბიჯი',
  'პსპ აფთიაქი',
  'გულფი',
  'ბიბლუსი',
  'დანკინ დონატსი',
  'თბილისის მეტრო',
  'სპარი',
] as const

interface Flow {
  readonly entries: { readonly fewest: number; readonly most: number }
  /** @param level of the balance: what comes and goes is small beside it, so that it never falls below zero. */
  readonly every: (random: RepeatableRandom, day: string, level: number) => Draft
  readonly fixed: (month: string, level: number) => readonly Draft[]
  /** Brings the month back to zero on its last day. */
  readonly closing: { readonly counterparty: string; readonly text: string }
}

const flows: Readonly<Record<BogAccount['flow'], Flow>> = {
  wages: {
    entries: { fewest: 12, most: 18 },
    every: (random, day, level) => ({
      day,
      amount: -random.between(Math.round(level / 1000), Math.round(level / 60)),
      counterparty: random.pick(shops),
      text: 'ბარათით გადახდა',
      card: true,
    }),
    fixed: (month, level) => [
      {
        day: addDays(month, 2),
        amount: -Math.round(level / 70),
        counterparty: 'თელმიკო',
        text: 'ელექტროენერგია',
        card: false,
      },
      {
        day: addDays(month, 4),
        amount: Math.round(level / 4),
        counterparty: 'შპს მაგალითი',
        text: 'ხელფასი',
        card: false,
      },
    ],
    closing: { counterparty: 'საკუთარი ანაბარი', text: 'გადარიცხვა ანაბარზე' },
  },
  business: {
    entries: { fewest: 60, most: 80 },
    every: (random, day) => ({
      day,
      amount: random.between(0, 1) === 1 ? random.between(10_000, 450_000) : -random.between(10_000, 380_000),
      counterparty: `${random.pick(['შპს', 'სს', 'ინდ. მეწარმე'])} ${random.pick(shops)}`,
      text: `ინვოისი ${random.between(1000, 9999)}`,
      card: false,
    }),
    fixed: (month) => [
      {
        day: addDays(month, 14),
        amount: -124_000,
        counterparty: 'სახაზინო სამსახური',
        text: 'გადასახადი',
        card: false,
      },
    ],
    closing: { counterparty: 'შპს კოლხეთი', text: 'გადარიცხვა სადეპოზიტო ანგარიშზე' },
  },
  till: {
    entries: { fewest: 5_700, most: 5_900 },
    every: (random, day) => ({
      day,
      amount: random.between(150, 9_500),
      counterparty: 'სავაჭრო ტერმინალი',
      text: `ჩეკი ${random.between(10_000, 99_999)}`,
      card: true,
    }),
    fixed: () => [],
    closing: { counterparty: 'შპს კოლხეთი', text: 'ინკასაცია' },
  },
}

const memory = new Map<string, readonly Entry[]>()
/** Months of all accounts over the two years that can be read, with room for a few. */
const mostMonths = 400

const ibanOf = (counterparty: string): string =>
  georgianIban(String(repeatableRandom(counterparty).between(1, 999_999_999)).padStart(16, '2000000'))

/** @param month its first day. */
function inventMonth(account: BogAccount, part: CurrencyAccount, month: string): Entry[] {
  const random = repeatableRandom(`${account.resourceId} ${part.currency} ${month}`)
  const flow = flows[account.flow]
  const last = addDays(addMonths(month, 1), -1)
  const drafts = [...flow.fixed(month, part.level)]
  const count = random.between(flow.entries.fewest, flow.entries.most)
  for (let index = 0; index < count; index += 1) {
    const date = String(random.between(1, Number(last.slice(8)))).padStart(2, '0')
    drafts.push(flow.every(random, `${month.slice(0, 8)}${date}`, part.level))
  }
  const rest = drafts.reduce((sum, { amount }) => sum + amount, 0)
  drafts.push({ day: last, amount: -rest, card: false, ...flow.closing })
  return drafts
    .sort((one, other) => one.day.localeCompare(other.day))
    .map((draft, index) => ({
      ...draft,
      currency: part.currency,
      counterpartyIban: ibanOf(draft.counterparty),
      id: `E-${part.currency}-${draft.day}-${String(index + 1).padStart(4, '0')}`,
    }))
}

/** A till has thousands of entries a month, and each page of them would invent all anew. */
function monthOf(account: BogAccount, part: CurrencyAccount, month: string): readonly Entry[] {
  const key = `${account.resourceId} ${part.currency} ${month}`
  const known = memory.get(key)
  if (known) return known
  const entries = inventMonth(account, part, month)
  if (memory.size >= mostMonths) memory.clear()
  memory.set(key, entries)
  return entries
}

/** From `from` to `to`, both included, newest first. */
export function entriesBetween(account: BogAccount, part: CurrencyAccount, from: string, to: string): Entry[] {
  const all: Entry[] = []
  for (let month = `${from.slice(0, 7)}-01`; month <= to; month = addMonths(month, 1))
    all.push(...monthOf(account, part, month))
  return all.filter(({ day }) => day >= from && day <= to).reverse()
}

/** The day an entry's id names; null where it cannot be one of ours. */
export const dayOfEntry = (id: string): string | null => /^E-[A-Z]{3}-(\d{4}-\d{2}-\d{2})-\d{4}$/.exec(id)?.[1] ?? null

/** Hundredths at the end of the day. */
export const balanceOn = (account: BogAccount, part: CurrencyAccount, day: string): number =>
  part.level + entriesBetween(account, part, `${day.slice(0, 7)}-01`, day).reduce((sum, { amount }) => sum + amount, 0)

/** A card payment is only reserved on its day and the day after. */
export const isPending = ({ card, day }: Entry, today: string): boolean => card && day >= addDays(today, -1)
