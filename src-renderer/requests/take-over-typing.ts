/** Takes typed text over into its draft: at once while it is short, a moment later where copying it would be felt with every key. */

/** Milliseconds without a key. */
const rest = 300

/** Milliseconds after which it is taken over although the keys go on. */
const most = 2000

interface Waiting {
  readonly since: number
  readonly timer: ReturnType<typeof setTimeout>
}

/** By the function that takes it over: one per field that is typed in. */
const waiting = new Map<() => void, Waiting>()

/** Asked for with every key; `take` reads the text when its time has come. */
export function takeOverSoon(take: () => void): void {
  const before = waiting.get(take)
  clearTimeout(before?.timer)
  const now = Date.now()
  const since = before?.since ?? now
  const timer = setTimeout(() => takeOverTyping(take), Math.max(0, Math.min(rest, since + most - now)))
  waiting.set(take, { since, timer })
}

/** What was typed last is not needed any more: the draft itself put another text in its place. */
export function forgetTyping(take: () => void): void {
  clearTimeout(waiting.get(take)?.timer)
  waiting.delete(take)
}

/** Now, before something reads the draft: of one field, or of all. Does nothing where nothing waits. */
export function takeOverTyping(only?: () => void): void {
  for (const take of waiting.keys()) {
    if (only !== undefined && take !== only) continue
    forgetTyping(take)
    take()
  }
}

// The last moment of a page that is closed or reloaded.
globalThis.addEventListener?.('pagehide', () => takeOverTyping())
