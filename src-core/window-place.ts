/** Remembers where the window was and how large, and never puts it where no screen is. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const pixels = z.int().min(-100_000).max(100_000)
const length = z.int().min(200).max(20_000)
const placeSchema = z.object({ x: pixels, y: pixels, width: length, height: length, maximised: z.boolean() })

/** As it was when the window closed; the bounds are those it has when it is not maximised. */
export type KeptPlace = z.infer<typeof placeSchema>
/** Without x and y the system finds a place. */
export type WindowPlace = Omit<KeptPlace, 'x' | 'y'> & Partial<Pick<KeptPlace, 'x' | 'y'>>

/** A screen without its task bar and the like. */
export interface Display {
  readonly workArea: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

/** Enough of the title bar to take hold of. */
function canBeReached({ x, y, width }: KeptPlace, { workArea }: Display): boolean {
  const across = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x)
  return across >= 100 && y >= workArea.y - 10 && y <= workArea.y + workArea.height - 40
}

export function readWindowPlace(file: string, displays: readonly Display[]): WindowPlace {
  try {
    const { x, y, ...size } = placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return displays.some((display) => canBeReached({ x, y, ...size }, display)) ? { x, y, ...size } : size
  } catch {
    return { width: 1280, height: 840, maximised: false }
  }
}

/** At once, for a window that is closing. */
export function keepWindowPlace(file: string, place: KeptPlace): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(place))
    renameSync(`${file}.new`, file)
  } catch {
    // A full disk costs the place of a window and nothing else.
  }
}
