/** Days from today on a line of a thousand units: where an end lies, and where the marks of the axis stand. */

/** Units of the line's width. */
export const lineWidth = 1000
const day = 86_400_000

export type Span = 90 | 180

/** Units from the left; what is over lies at 0, what lies behind the line's end at its width. @param now milliseconds since 1970 */
export const placeOf = (at: number, now: number, span: Span): number =>
  Math.max(0, Math.min(lineWidth, Math.round(((at - now) / (span * day)) * lineWidth)))

export const isBeyond = (at: number, now: number, span: Span): boolean => at - now > span * day

export interface Mark {
  readonly place: number
  readonly days: number
}

/** Every thirty days, the first at today. */
export const marksOf = (span: Span): readonly Mark[] =>
  Array.from({ length: span / 30 + 1 }, (_, index) => ({ days: index * 30, place: ((index * 30) / span) * lineWidth }))

/** The shorter line where everything that has an end within half a year ends within three months. */
export function spanFor(ends: readonly (number | null)[], now: number): Span {
  const near = ends.filter((end) => end !== null && !isBeyond(end, now, 180))
  return near.some((end) => end !== null && isBeyond(end, now, 90)) ? 180 : 90
}
