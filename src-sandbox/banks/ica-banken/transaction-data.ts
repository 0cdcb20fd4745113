/** Invented transactions: the same for everyone who asks on the same day, one month after the other adding up to zero. */
import { addDays, addMonths } from '#sandbox/bank/calendar.ts'
import { type RepeatableRandom, repeatableRandom } from '#sandbox/state/random.ts'
import type { IcaAccount } from './customers.ts'

export interface IcaTransaction {
  readonly id: string
  readonly day: string
  /** Öre; negative leaves the account. */
  readonly amount: number
  readonly counterparty: string
  readonly text: string
  readonly card: boolean
  /** Only for card purchases abroad. */
  readonly abroad?: {
    readonly place: string
    readonly currency: string
    readonly amount: number
    readonly rate: number
  }
}

export const oldestMonths = 18
const purchasesPerMonth = { fewest: 10, most: 13 }

const shops = [
  'ICA Kvantum Liljeholmen',
  'ICA Nära Hornstull',
  'SL',
  'Apotek Hjärtat',
  'Pressbyrån',
  'Clas Ohlson',
  'Espresso House',
  'Systembolaget',
  'Åhléns City',
]
const abroad = [
  { place: 'Berlin', shop: 'Café Morgenrot', currency: 'EUR', rate: 11.483 },
  { place: 'København', shop: 'Torvehallerne', currency: 'DKK', rate: 1.5391 },
  { place: 'Oslo', shop: 'Mathallen', currency: 'NOK', rate: 0.9822 },
]

type Draft = Omit<IcaTransaction, 'id'>

function purchase(random: RepeatableRandom, day: string): Draft {
  if (random.between(1, 12) === 1) {
    const { place, shop, currency, rate } = random.pick(abroad)
    const foreign = -random.between(500, 12_000)
    const amount = Math.round(foreign * rate)
    return {
      day,
      amount,
      counterparty: shop,
      text: 'Kortköp',
      card: true,
      abroad: { place, currency, amount: foreign, rate },
    }
  }
  return { day, amount: -random.between(2_500, 98_000), counterparty: random.pick(shops), text: 'Kortköp', card: true }
}

const transfer = (day: string, amount: number, counterparty: string, text: string): Draft => ({
  day,
  amount,
  counterparty,
  text,
  card: false,
})

interface Flow {
  readonly purchases: boolean
  readonly fixed: (month: string) => readonly Draft[]
  /** Brings the month back to zero on its last day. */
  readonly closing: { readonly counterparty: string; readonly text: string }
}

const flows: Readonly<Record<IcaAccount['flow'], Flow>> = {
  wages: {
    purchases: true,
    fixed: (month) => [
      transfer(month, -850_000, 'Hyresvärden AB', 'Hyra'),
      transfer(addDays(month, 24), 2_840_000, 'Exempelbolaget AB', 'Lön'),
    ],
    closing: { counterparty: 'Eget konto', text: 'Överföring till sparande' },
  },
  savings: {
    purchases: false,
    fixed: (month) => [transfer(addDays(month, 25), 150_000, 'Eget konto', 'Månadssparande')],
    closing: { counterparty: 'ICA Fonder', text: 'Köp av fondandelar' },
  },
  invoice: {
    purchases: true,
    fixed: () => [],
    closing: { counterparty: 'ICA Banken', text: 'Inbetald faktura' },
  },
}

/** @param month its first day. */
function monthOf(account: IcaAccount, month: string): IcaTransaction[] {
  const random = repeatableRandom(`${account.resourceId} ${month}`)
  const flow = flows[account.flow]
  const last = addDays(addMonths(month, 1), -1)
  const drafts = [...flow.fixed(month)]
  const purchases = flow.purchases ? random.between(purchasesPerMonth.fewest, purchasesPerMonth.most) : 0
  for (let count = 0; count < purchases; count += 1)
    drafts.push(
      purchase(random, `${month.slice(0, 8)}${String(random.between(1, Number(last.slice(8)))).padStart(2, '0')}`),
    )
  const rest = drafts.reduce((sum, { amount }) => sum + amount, 0)
  drafts.push(transfer(last, -rest, flow.closing.counterparty, flow.closing.text))
  return drafts
    .sort((one, other) => one.day.localeCompare(other.day))
    .map((draft, index) => ({ ...draft, id: `T-${draft.day}-${String(index + 1).padStart(4, '0')}` }))
}

/** From `from` to `to`, both included, newest first. */
export function transactionsBetween(account: IcaAccount, from: string, to: string): IcaTransaction[] {
  const all: IcaTransaction[] = []
  for (let month = `${from.slice(0, 7)}-01`; month <= to; month = addMonths(month, 1))
    all.push(...monthOf(account, month))
  return all.filter(({ day }) => day >= from && day <= to).reverse()
}

/** A card purchase is only reserved on its day and the day after. */
export const isPending = (transaction: IcaTransaction, today: string): boolean =>
  transaction.card && transaction.day >= addDays(today, -1)
