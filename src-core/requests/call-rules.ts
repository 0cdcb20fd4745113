/** The table of the rules a bank's data names: each looks at one call and says where it is broken. */
import type { CallRule, CallRuleName } from '#shared/call-rules.ts'
import type { FindingPlace } from '#shared/contract/exchange.ts'
import { currencyDigits } from '#shared/currency-digits.ts'
import { ibanProblem } from '#shared/iban.ts'
import type { Bank } from '../banks/bank.ts'
import { bankTime, bodyValue, type CallFacts } from './call-facts.ts'

/** One place where a call breaks a rule. */
export interface BrokenRule {
  readonly rule: CallRule
  readonly place: FindingPlace
  /** A whole sentence. It quotes dates, amounts and currencies only. */
  readonly sentence: string
  /** A value that would keep the rule; null where only a person can know one. */
  readonly instead: string | null
}

type Found = Pick<BrokenRule, 'place' | 'sentence'> & { readonly instead?: string }
type Judges = { [Name in CallRuleName]: (rule: Extract<CallRule, { rule: Name }>, facts: CallFacts) => Found[] }

interface Spot {
  readonly pointer: string
  readonly value: unknown
}

const unescaped = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~')

/** What stands at a pointer; nothing where the body has no such place. */
function spotsAt(value: unknown, pointer: string): Spot[] {
  let spots: Spot[] = [{ pointer: '', value }]
  for (const token of pointer.split('/').slice(1)) {
    spots = spots.flatMap((spot): Spot[] => {
      if (typeof spot.value !== 'object' || spot.value === null) return []
      const names = token === '*' ? Object.keys(spot.value) : [unescaped(token)]
      return names
        .filter((name) => Object.hasOwn(spot.value as object, name))
        .map((name) => ({
          pointer: `${spot.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          value: (spot.value as Record<string, unknown>)[name],
        }))
    })
  }
  return spots
}

const spots = (facts: CallFacts, pointers: readonly string[]): Spot[] => {
  const value = bodyValue(facts)
  return value === undefined ? [] : pointers.flatMap((pointer) => spotsAt(value, pointer))
}

const inBody = (name: string): FindingPlace => ({ kind: 'body', name })
const inQuery = (name: string): FindingPlace => ({ kind: 'parameter', name })
const isDay = (text: unknown): text is string => typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text)

const formatters = new Map<string, Intl.DateTimeFormat>()

/** The calendar day in a time zone, YYYY-MM-DD. */
function dayIn(zone: string, now: number): string {
  const known = formatters.get(zone)
  const format = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  formatters.set(zone, format)
  return format.format(now)
}

/** The same day some months earlier, or the last one there is in that month. */
function monthsBack(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 - months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, last))
  return first.toISOString().slice(0, 10)
}

interface Money {
  readonly amount: string
  readonly currency: string
}

const isMoney = (value: unknown): value is Money =>
  typeof (value as Money | null)?.amount === 'string' && typeof (value as Money).currency === 'string'

/** The first two dates of a rule; null where one is missing or none. */
function spanOf(rule: Extract<CallRule, { rule: 'period-reversed' }>, facts: CallFacts): [string, string] | null {
  const [from, to] =
    rule.in === 'query'
      ? [facts.values[rule.from], facts.values[rule.to]]
      : [spots(facts, [rule.from])[0]?.value, spots(facts, [rule.to])[0]?.value]
  return isDay(from) && isDay(to) ? [from, to] : null
}

const judges: Judges = {
  'period-too-long'({ parameter, months }, facts) {
    const from = facts.values[parameter]
    const earliest = monthsBack(dayIn('UTC', bankTime(facts)), months)
    if (!isDay(from) || from >= earliest) return []
    const sentence = `${parameter} is ${from}; the bank goes back ${months} months, to ${earliest}.`
    return [{ place: inQuery(parameter), sentence, instead: earliest }]
  },
  'period-reversed'(rule, facts) {
    const span = spanOf(rule, facts)
    if (span === null || span[0] <= span[1]) return []
    const place = rule.in === 'query' ? inQuery(rule.to) : inBody(rule.to)
    return [{ place, sentence: `The period begins on ${span[0]} and ends before that, on ${span[1]}.` }]
  },
  'page-size-too-large'({ parameter, most }, { values }) {
    const size = Number(values[parameter])
    if (!(size > most)) return []
    const sentence = `${parameter} is ${size}; the bank takes ${most} at most.`
    return [{ place: inQuery(parameter), sentence, instead: String(most) }]
  },
  'date-in-past'({ at, zone }, facts) {
    const today = dayIn(zone, bankTime(facts))
    return spots(facts, at).flatMap(({ pointer, value }): Found[] =>
      isDay(value) && value < today
        ? [{ place: inBody(pointer), sentence: `${pointer} is ${value}; at the bank it is ${today} (${zone}).` }]
        : [],
    )
  },
  'amount-digits'({ at }, facts) {
    return spots(facts, at).flatMap(({ pointer, value }): Found[] => {
      if (!isMoney(value)) return []
      const sent = value.amount.split('.')[1]?.length ?? 0
      const allowed = currencyDigits(value.currency)
      if (sent <= allowed) return []
      const sentence = `The amount ${value.amount} has ${sent} decimals; ${value.currency} has ${allowed} (ISO 4217).`
      return [{ place: inBody(`${pointer}/amount`), sentence }]
    })
  },
  'currency-not-of-product'({ at, currencies }, facts) {
    return spots(facts, at).flatMap(({ pointer, value }): Found[] =>
      typeof value === 'string' && !currencies.includes(value)
        ? [
            {
              place: inBody(pointer),
              sentence: `The currency is ${value}; this product pays in ${currencies.join(', ')}.`,
            },
          ]
        : [],
    )
  },
  'iban-invalid'({ at }, facts) {
    return spots(facts, at).flatMap(({ pointer, value }): Found[] => {
      const problem = typeof value === 'string' ? ibanProblem(value) : null
      return problem === null
        ? []
        : [{ place: inBody(pointer), sentence: `The account number at ${pointer} ${problem}.` }]
    })
  },
  'frequency-not-offered'({ at, offered }, facts) {
    return spots(facts, at).flatMap(({ pointer, value }): Found[] =>
      typeof value === 'string' && !offered.includes(value)
        ? [{ place: inBody(pointer), sentence: `The frequency is ${value}; the bank offers ${offered.join(', ')}.` }]
        : [],
    )
  },
  'payment-reference-absent'({ at }, facts) {
    if (bodyValue(facts) === undefined) return []
    const there = spots(facts, at).some(({ value }) => typeof value === 'string' && value.trim() !== '')
    return there ? [] : [{ place: inBody(at[0]!), sentence: `The payment carries no reference (${at.join(' or ')}).` }]
  },
  'member-absent'({ at }, facts) {
    const body = bodyValue(facts)
    if (typeof body !== 'object' || body === null) return []
    return at
      .filter((pointer) => spotsAt(body, pointer).length === 0)
      .map((pointer) => ({ place: inBody(pointer), sentence: `${pointer} is missing; this product needs it.` }))
  },
  'character-not-allowed'({ at, allowed }, facts) {
    const other = new RegExp(`[^${allowed}]`, 'u')
    return spots(facts, at).flatMap(({ pointer, value }): Found[] => {
      const sign = typeof value === 'string' ? other.exec(value)?.[0] : undefined
      if (sign === undefined) return []
      const point = sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
      return [{ place: inBody(pointer), sentence: `${pointer} holds a character the bank does not take (U+${point}).` }]
    })
  },
}

const byOperation = new WeakMap<Bank, Map<string, readonly CallRule[]>>()

/** The rules of an operation, looked up once per bank. */
export function rulesOf(bank: Bank, operation: string): readonly CallRule[] {
  const known = byOperation.get(bank) ?? new Map<string, readonly CallRule[]>()
  byOperation.set(bank, known)
  const rules = known.get(operation) ?? (bank.profile.rules ?? []).filter((rule) => rule.operations.includes(operation))
  known.set(operation, rules)
  return rules
}

const applies = ({ when }: CallRule, { values }: CallFacts): boolean =>
  Object.entries(when).every(([name, wanted]) => wanted.includes(values[name] ?? ''))

/** Where the call breaks one rule; null where the rule is not about this call. */
export function judgeRule(rule: CallRule, facts: CallFacts): BrokenRule[] | null {
  if (!applies(rule, facts)) return null
  // The name picks the judge whose parameter has that very name; the compiler cannot follow it through the union.
  const judge = judges[rule.rule] as (rule: CallRule, facts: CallFacts) => Found[]
  return judge(rule, facts).map(({ instead = null, ...found }) => ({ ...found, instead, rule }))
}

export const brokenRules = (facts: CallFacts): BrokenRule[] =>
  rulesOf(facts.bank, facts.operation.id).flatMap((rule) => judgeRule(rule, facts) ?? [])
