/** The terminal program's first lines: switch the compile cache on, then load the rest. */
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { run } = await import('./run.ts')
await run(process.argv.slice(2))
