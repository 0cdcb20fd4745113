/** The local host's first lines: switch the compile cache on, then load the rest. */
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { run } = await import('./program.ts')
await run(process.argv.slice(2))
