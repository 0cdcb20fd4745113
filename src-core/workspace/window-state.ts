/** Keeps what a window shows and what was typed in it, so that a reload or a crash loses nothing. */
import { join } from 'node:path'
import type { z } from 'zod'
import { windowStateSchema } from '#shared/contract/workspace.ts'
import { Fault } from '#shared/fault.ts'
import { readJson, writeJson } from '../files/json-file.ts'

export type WindowState = z.infer<typeof windowStateSchema>

/** Bytes as JSON; a window has no business keeping more. */
const largest = 1024 * 1024

export interface WindowMemory {
  recall(): Promise<WindowState>
  /** Throws INPUT_INVALID when it is too large. */
  remember(state: WindowState): Promise<void>
}

export function createWindowMemory(folder: string): WindowMemory {
  const file = join(folder, 'window.json')
  return {
    // A damaged file costs the layout of a window and nothing else.
    recall: async () => (await readJson(file, windowStateSchema).catch(() => null)) ?? {},
    async remember(state) {
      if (JSON.stringify(state).length > largest)
        throw new Fault('INPUT_INVALID', 'The window has more to keep than 1 MiB.', { largest })
      await writeJson(file, state)
    },
  }
}
