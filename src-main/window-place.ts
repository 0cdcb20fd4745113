/** Remembers where the window was and how large, and never puts it where no screen is. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Display } from 'electron'
import { z } from 'zod'

const pixels = z.int().min(-100_000).max(100_000)
const length = z.int().min(200).max(20_000)
const placeSchema = z.object({ x: pixels, y: pixels, width: length, height: length, maximised: z.boolean() })

type Kept = z.infer<typeof placeSchema>
export type WindowPlace = Omit<Kept, 'x' | 'y'> & Partial<Pick<Kept, 'x' | 'y'>>

/** Enough of the title bar to take hold of. */
function canBeReached({ x, y, width }: Kept, { workArea }: Pick<Display, 'workArea'>): boolean {
  const across = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x)
  return across >= 100 && y >= workArea.y - 10 && y <= workArea.y + workArea.height - 40
}

/** Without x and y the system finds a place. */
export function readWindowPlace(file: string, displays: readonly Pick<Display, 'workArea'>[]): WindowPlace {
  try {
    const { x, y, ...size } = placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return displays.some((display) => canBeReached({ x, y, ...size }, display)) ? { x, y, ...size } : size
  } catch {
    return { width: 1280, height: 840, maximised: false }
  }
}

export function keepWindowPlace(file: string, window: BrowserWindow): void {
  window.on('close', () => {
    try {
      writeFileSync(`${file}.new`, JSON.stringify({ ...window.getNormalBounds(), maximised: window.isMaximized() }))
      renameSync(`${file}.new`, file)
    } catch {
      // A full disk costs the place of a window and nothing else.
    }
  })
}
