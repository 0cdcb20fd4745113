/** Sorts places of a list in steps that can be left and gone on with. */

export type Compare = (a: number, b: number) => number

/** Steps between two chances to stop: a few tenths of a millisecond. */
const stride = 2048
/** Indexes the platform sorts at once: a few milliseconds. */
const run = 2048

/** Indexes from 0 to `count` in order; what is equal stays as it came: sorted runs, merged, which can be left after every stride. */
export function* sortedIndexes(count: number, compare: Compare): Generator<void, Uint32Array> {
  let from = Uint32Array.from({ length: count }, (_, index) => index)
  for (let start = 0; start < count; start += run) {
    from.subarray(start, start + run).sort(compare)
    yield
  }
  let to = new Uint32Array(count)
  let since = 0
  for (let width = run; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, count), Math.min(start + 2 * width, count)]
      let [left, right] = [start, middle]
      for (let at = start; at < end; at += 1) {
        const takeLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0)
        to[at] = takeLeft ? from[left++]! : from[right++]!
        since += 1
        if (since >= 512) {
          since = 0
          yield
        }
      }
    }
    ;[from, to] = [to, from]
  }
  return from
}

/** @returns for each index its rank; equal ones have the same */
export function* ranksOfOrder(order: Uint32Array, compare: Compare): Generator<void, Uint32Array> {
  const ranks = new Uint32Array(order.length)
  let rank = 0
  for (let at = 1; at < order.length; at += 1) {
    if (compare(order[at - 1]!, order[at]!) !== 0) rank += 1
    ranks[order[at]!] = rank
    if (at % stride === 0) yield
  }
  return ranks
}
