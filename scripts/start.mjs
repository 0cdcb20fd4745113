// Sets the workbench up and starts it (npm start): the local sandbox in this terminal, the workbench in another.

import { refuseOldNode } from './setup/old-node.mjs'

refuseOldNode()
const { explained, tell } = await import('./setup/tell.mjs')
await explained(async () => {
  const { ready } = await import('./setup/ready.mjs')
  await ready()
  const { startSandbox } = await import('./start/sandbox.mjs')
  await startSandbox(tell)
})
