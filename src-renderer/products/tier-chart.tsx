/** What a rate holds for, as bars along terms or amounts; the table below has the same in words. */
import type { Tier } from './read-products.ts'
import { type Bar, barsOf, height, percentOf, top, width } from './tier-bars.ts'
import { wordsOfUnit } from './words.ts'

/** Pixels a rate or a tick needs to be written without touching its neighbour. */
const room = 40

const spanWords = ({ from, to, unit }: Tier): string => `${from}–${to} ${wordsOfUnit(unit)}`.trim()

/** The chart in a sentence, for who does not see it. */
function inWords(bars: readonly Bar[]): string {
  const [first, last] = [bars[0]!.tier, bars.at(-1)!.tier]
  if (bars.length === 1) return `Chart of one tier: ${percentOf(first)} % for ${spanWords(first)}.`
  return `Chart of ${bars.length} tiers, from ${percentOf(first)} % for ${spanWords(first)} to ${percentOf(last)} % for ${spanWords(last)}. The table has all of them.`
}

export function TierChart({ tiers }: { readonly tiers: readonly Tier[] }) {
  const bars = barsOf(tiers)
  if (bars.length === 0) return null
  const bottom = top + height
  const end = bars.at(-1)!
  return (
    <svg
      role="img"
      aria-label={inWords(bars)}
      viewBox={`0 0 ${width} ${bottom + 20}`}
      width={width}
      height={bottom + 20}
      className="max-w-full text-[11px]"
    >
      {bars.map(({ left, width: wide, height: high, tier }) => (
        <g key={`${tier.from} ${tier.to} ${left}`}>
          <rect x={left} y={bottom - high} width={wide} height={high} className="fill-accent" />
          {wide >= room && (
            <>
              <text x={left + wide / 2} y={bottom - high - 4} textAnchor="middle" className="fill-ink">
                {percentOf(tier)} %
              </text>
              <text x={left} y={bottom + 14} className="fill-muted">
                {tier.from}
              </text>
            </>
          )}
        </g>
      ))}
      <line x1="0" y1={bottom} x2={width} y2={bottom} className="stroke-line-strong" />
      <text x={width} y={bottom + 14} textAnchor="end" className="fill-muted">
        {end.tier.to} {wordsOfUnit(end.tier.unit)}
      </text>
    </svg>
  )
}
