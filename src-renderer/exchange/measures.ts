/** Sizes and durations as people read them, with their unit. */

/** `812 B`, `4.1 kB`, `64 MB`; a kB is 1000 bytes. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}

/** `0.4 ms`, `182 ms`, `12.3 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`
  if (milliseconds > 0 && milliseconds < 10) return `${milliseconds.toFixed(1)} ms`
  return `${Math.round(milliseconds)} ms`
}

/** Bytes a text takes in UTF-8. */
export const byteLength = (text: string): number => new TextEncoder().encode(text).length
