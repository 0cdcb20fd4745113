/** Where the bars of a chart of rates stand: along one line as their spans do, as high as their rates. Pixels. */
import type { Tier } from './read-products.ts'

export const width = 400
export const top = 18
export const height = 90
export interface Bar {
  readonly left: number
  readonly width: number
  readonly height: number
  readonly tier: Tier
}

/** What the bar says. */
export const percentOf = ({ effective, rate }: Tier): string => effective ?? rate ?? '0'

/** Places along one line; spans that overlap cannot share it and get the same width each. */
export function barsOf(tiers: readonly Tier[]): readonly Bar[] {
  const sorted = tiers.toSorted((a, b) => a.from - b.from || a.to - b.to)
  const first = sorted[0]
  if (first === undefined) return []
  const last = Math.max(...sorted.map(({ to }) => to))
  const overlap = sorted.some((tier, index) => index > 0 && tier.from < sorted[index - 1]!.to)
  const most = Math.max(...sorted.map((tier) => Math.abs(Number(percentOf(tier)) || 0)))
  const step = width / sorted.length
  const scale = last === first.from ? 0 : width / (last - first.from)
  const even = overlap || last === first.from
  return sorted.map((tier, index) => {
    // 90–179 and 180–269 are days without a gap.
    const next = sorted[index + 1]?.from ?? tier.to
    const end = next - tier.to <= 1 ? Math.max(next, tier.to) : tier.to
    return {
      tier,
      left: even ? index * step : (tier.from - first.from) * scale,
      width: Math.max(2, (even ? step : (end - tier.from) * scale) - 2),
      height: most === 0 ? 1 : Math.max(1, (Math.abs(Number(percentOf(tier)) || 0) / most) * height),
    }
  })
}
