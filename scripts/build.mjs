// Builds the programs (npm run build), and does nothing when they are up to date.

import { refuseOldNode } from './setup/old-node.mjs'

refuseOldNode()
const { explained } = await import('./setup/tell.mjs')
await explained(async () => {
  const { ready } = await import('./setup/ready.mjs')
  await ready()
})
