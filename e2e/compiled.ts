/** Once before all tests: each bank's documents read from nothing, kept for every workbench that a test starts. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEngine } from './engine.ts'
import { startWorkbench } from './workbench.ts'

/** What engine and sandbox keep of the documents, each beside the stamp or under the digest of what it was made from. */
const kept = [join('cache', 'banks'), join('sandbox', 'compiled')]

/** Reading them is half the work of a first start. Keys and state stay each workbench's own. */
export default async function readBanks(): Promise<() => Promise<void>> {
  const workbench = await startWorkbench({ TPP_SECRETS: 'vault' })
  const engine = await openEngine(workbench)
  await engine.api.banks.list()
  engine.close()
  const folder = await mkdtemp(join(tmpdir(), 'tpp-e2e-compiled-'))
  for (const part of kept) await cp(join(workbench.home, part), join(folder, part), { recursive: true })
  await workbench.stop()
  process.env.TPP_E2E_COMPILED = folder
  return () => rm(folder, { recursive: true, force: true })
}
