/** What transactions add up to, exactly and by currency. */
import { currencyDigits } from '#shared/currency-digits.ts'
import { decimalText, scaled, smallScaled, smallUnit } from './decimal.ts'
import type { Transaction } from './read-account.ts'

export interface Total {
  readonly currency: string
  readonly count: number
  /** Decimal texts. */
  readonly incoming: string
  readonly outgoing: string
  readonly balance: string
}

export interface Sums {
  readonly totals: readonly Total[]
  /** Entries whose amount is no decimal number: shown, and in no sum. */
  readonly unreadable: number
}

/** Rows between two chances to stop. */
const stride = 512

/** What flows one way: small amounts as whole numbers, which are fast and here still exact, the others as they need. */
class Flow {
  private small = 0
  private large = 0n

  addSmall(value: number): void {
    this.small += value
    if (this.small > 2 ** 52) {
      this.large += BigInt(this.small) * smallUnit
      this.small = 0
    }
  }

  add(value: bigint): void {
    this.large += value
  }

  get sum(): bigint {
    return this.large + BigInt(this.small) * smallUnit
  }
}

interface Sum {
  count: number
  readonly incoming: Flow
  readonly outgoing: Flow
}

/** Whether the amount could be read. */
function addTo({ incoming, outgoing }: Sum, signed: string): boolean {
  const small = smallScaled(signed)
  if (small !== null) {
    if (small < 0) outgoing.addSmall(-small)
    else incoming.addSmall(small)
    return true
  }
  const value = scaled(signed)
  if (value === null) return false
  if (value < 0n) outgoing.add(-value)
  else incoming.add(value)
  return true
}

function* added(rows: readonly Transaction[]): Generator<void, Sums> {
  const sums = new Map<string, Sum>()
  let unreadable = 0
  for (let index = 0; index < rows.length; index += 1) {
    if (index % stride === 0) yield
    const { signed, currency } = rows[index]!
    let sum = sums.get(currency)
    if (sum === undefined) {
      sum = { count: 0, incoming: new Flow(), outgoing: new Flow() }
      sums.set(currency, sum)
    }
    if (addTo(sum, signed)) sum.count += 1
    else unreadable += 1
  }
  const totals = [...sums].flatMap(([currency, { count, incoming, outgoing }]) => {
    const text = (value: bigint) => decimalText(value, currencyDigits(currency))
    const [into, out] = [incoming.sum, outgoing.sum]
    return count === 0
      ? []
      : [{ currency, count, incoming: text(into), outgoing: text(out), balance: text(into - out) }]
  })
  return { totals, unreadable }
}

const summed = new WeakMap<readonly Transaction[], Sums>()

/** Sums of a list; a list in another order has the same. */
export function* sumsOf(kept: readonly Transaction[]): Generator<void, Sums> {
  const sums = summed.get(kept) ?? (yield* added(kept))
  summed.set(kept, sums)
  return sums
}
