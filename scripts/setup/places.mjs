// Names the folders that setting up reads and writes.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const modules = join(root, 'node_modules')
export const built = join(root, 'out')
/** Ignored by git, not touched by npm: reports, logs and locks of these scripts. */
export const cache = join(root, '.cache')
