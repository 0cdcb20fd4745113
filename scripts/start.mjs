// Sets the workbench up and opens its window (npm start).

import { refuseOldNode } from './setup/old-node.mjs'

refuseOldNode()
const { explained, tell } = await import('./setup/tell.mjs')
await explained(async () => {
  const { ready } = await import('./setup/ready.mjs')
  await ready()
  const { startWindow } = await import('./start/window.mjs')
  await startWindow(tell)
})
