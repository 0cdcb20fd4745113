/** Whole days until a moment, rounded down; negative when it is over. @param now milliseconds since 1970 */
export const daysLeft = (at: string, now: number): number => Math.floor((Date.parse(at) - now) / 86_400_000)
