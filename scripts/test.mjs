// Sets everything up and runs every check and unit test (npm test; npm test -- --help says more).

import { refuseOldNode } from './setup/old-node.mjs'

refuseOldNode()
const { help, runAll } = await import('./checks/all.mjs')
const args = process.argv.slice(2)
if (args.includes('--help')) process.stdout.write(help)
else await runAll(args)
