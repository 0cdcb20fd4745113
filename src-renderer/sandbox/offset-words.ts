/** How far a clock is moved, in words. */

const units = [
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** `91 days`, `11 min 5 s`. @param most units named at most; what is smaller is left out. */
export function durationWords(seconds: number, most: number = units.length): string {
  let rest = Math.abs(seconds)
  const parts: string[] = []
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}${unit === 'day' && count > 1 ? 's' : ''}`)
  }
  return parts.length === 0 ? '0 s' : parts.slice(0, most).join(' ')
}

/** @param seconds ahead of the machine's clock; negative: behind. */
export function offsetWords(seconds: number): string {
  if (seconds === 0) return 'the same as this machine’s clock'
  return `${durationWords(seconds)} ${seconds > 0 ? 'ahead of' : 'behind'} this machine’s clock`
}
