/** Writes a sequence diagram as one SVG file that needs nothing else: no script, no font, no colour from outside. */
import { type Arrow, type Lane, lanes, type Step } from './steps.ts'

export type LaneNames = Readonly<Record<Lane, string>>

/** Share of the width at which each lane stands. */
export const laneAt: Readonly<Record<Lane, number>> = { customer: 0.14, tpp: 0.44, bank: 0.86 }

/** Where the words of an arrow stand: in the wider half where it passes the TPP, so that no lane runs through them. */
export function wordsAt({ from, to }: Pick<Arrow, 'from' | 'to'>): number {
  const passes = from !== 'tpp' && to !== 'tpp'
  const ends = passes ? [laneAt.tpp, laneAt.bank] : [laneAt[from], laneAt[to]]
  return ends.reduce((sum, each) => sum + each, 0) / 2
}

const width = 960
const headHeight = 56
const arrowHeight = 28
const stepGap = 12
const inks = { plain: '#1a1c1e', good: '#17703a', caution: '#7d5200', bad: '#ac2219' } as const

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** XML 1.0 (section 2.2) has no way to write control characters but tab and line ends. */
const writable = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0
  return code >= 0x20 ? code !== 0xfffe && code !== 0xffff : [0x9, 0xa, 0xd].includes(code)
}

/** For text and attributes. */
export const escapeXml = (text: string): string =>
  [...text]
    .filter(writable)
    .map((character) => escapes[character] ?? character)
    .join('')

const longest = 64
const shortened = (text: string): string =>
  [...text].length > longest ? `${[...text].slice(0, longest - 1).join('')}…` : text

function arrowSvg({ from, to, text, answer, tone }: Arrow, y: number): string {
  const [start, end] = [laneAt[from] * width, laneAt[to] * width]
  const ahead = end > start ? -1 : 1
  const ink = inks[tone]
  const dash = answer ? ' stroke-dasharray="4 3"' : ''
  return [
    `<text x="${wordsAt({ from, to }) * width}" y="${y - 5}" text-anchor="middle" fill="${ink}">${escapeXml(shortened(text))}</text>`,
    `<line x1="${start}" y1="${y}" x2="${end}" y2="${y}" stroke="${ink}"${dash}/>`,
    `<path d="M${end} ${y}l${8 * ahead} -4v8z" fill="${ink}"/>`,
  ].join('')
}

/** @param title shown above the lanes */
export function sequenceSvg(steps: readonly Step[], names: LaneNames, title: string): string {
  const parts: string[] = []
  let y = headHeight
  for (const { arrows, times, at } of steps) {
    const count = times > 1 ? ` ×${times}` : ''
    parts.push(`<text x="8" y="${y + 18}" fill="#585d63">${escapeXml(at.slice(11, 19))}${count}</text>`)
    for (const arrow of arrows) {
      y += arrowHeight
      parts.push(arrowSvg(arrow, y))
    }
    y += stepGap
  }
  const height = y + 20
  const heads = lanes.map((lane) => {
    const x = laneAt[lane] * width
    return [
      `<line x1="${x}" y1="${headHeight}" x2="${x}" y2="${height - 8}" stroke="#d9d9d3"/>`,
      `<text x="${x}" y="44" text-anchor="middle" font-weight="600" fill="#1a1c1e">${escapeXml(shortened(names[lane]))}</text>`,
    ].join('')
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escapeXml(title)}</title><rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="8" y="18" fill="#585d63">${escapeXml(title)}</text>`,
    ...heads,
    ...parts,
    '</svg>\n',
  ].join('\n')
}
