// Runs the terminal program (npm run -s tpp -- …), installed and built first if need be; stdout carries only its answer.

import { refuseOldNode } from './setup/old-node.mjs'

refuseOldNode()
const { explained } = await import('./setup/tell.mjs')
await explained(async () => {
  const { ready } = await import('./setup/ready.mjs')
  await ready()
  const { runProgram } = await import('./setup/program.mjs')
  await runProgram(process.argv.slice(2))
})
