/** Tells the engine that a person is here, so that it does not lock itself under their hands. */
import { api } from './api.ts'

/** One sign is enough for so long. Milliseconds. */
const pause = 20_000
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Runs as long as the window. */
export function tellOfPerson(): void {
  let told = Number.NEGATIVE_INFINITY
  const tell = (): void => {
    if (performance.now() - told < pause) return
    told = performance.now()
    // Told again by the next sign when the connection is broken.
    void api.workspace.present().catch(() => {
      told = Number.NEGATIVE_INFINITY
    })
  }
  for (const sign of signs) addEventListener(sign, tell, { passive: true, capture: true })
}
