/** Lines of a text that comes in parts: each part is looked at once, however long the text becomes. */
import { pieces, rawLines } from './text-lines.ts'

/** Lines drawn at most: browsers stop scrolling at about 33 million pixels. */
const most = 500_000

export interface LoadedLines {
  readonly lines: readonly string[]
  /** Not all lines are among them. */
  readonly cut: boolean
  add(part: string): void
}

export function createLoadedLines(): LoadedLines {
  const lines: string[] = []
  let cut = false
  return {
    lines,
    get cut() {
      return cut
    },
    add(part) {
      if (cut) return
      // The last one may go on in the next part.
      const text = (lines.pop() ?? '') + part
      for (const line of pieces(rawLines(text))) {
        if (lines.length >= most) {
          cut = true
          return
        }
        lines.push(line)
      }
    },
  }
}
