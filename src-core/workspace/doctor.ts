/** Looks at what the workbench stands on and says what is missing and how to get it. */
import { access, constants, mkdir } from 'node:fs/promises'
import type { Check } from '#shared/contract/workspace.ts'

/** What the key store says of itself. */
export interface StoreProbe {
  readonly state: 'ready' | 'absent' | 'locked' | 'denied' | 'failed'
  readonly name: string
  readonly message: string
  readonly remedy: string | null
}

export interface DoctorParts {
  readonly dataFolder: string
  probeStore(): Promise<StoreProbe>
  /** Number of banks and operations; throws when a folder is damaged. */
  countBanks(): Promise<{ banks: number; operations: number }>
  readHistory(): Promise<unknown>
  sandboxBanks(): Promise<readonly string[]>
}

const check = (id: string, ok: boolean, message: string, remedy: string | null = null): Check => ({
  id,
  ok,
  message,
  remedy: ok ? null : remedy,
})

function nodeCheck(): Check {
  const major = Number(process.versions.node.split('.')[0])
  return check(
    'node',
    major >= 24,
    `Node.js ${process.versions.node}`,
    'Use Node.js 24 or newer; on Linux and Windows "npm install" brings it along.',
  )
}

async function folderCheck(folder: string): Promise<Check> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK)
    return check('data-folder', true, `Data folder ${folder}`)
  } catch (error) {
    return check(
      'data-folder',
      false,
      `The data folder ${folder} cannot be used: ${(error as Error).message}`,
      'Correct its permissions or set TPP_HOME to another folder.',
    )
  }
}

async function attempt(id: string, work: () => Promise<string>, remedy: string): Promise<Check> {
  try {
    return check(id, true, await work())
  } catch (error) {
    return check(id, false, (error as Error).message, remedy)
  }
}

/** Never throws: what fails is a check that is not ok. */
export async function examine(parts: DoctorParts): Promise<{ ok: boolean; checks: Check[] }> {
  const store = await parts.probeStore().catch((error: unknown): StoreProbe => {
    return { state: 'failed', name: 'Key store', message: (error as Error).message, remedy: null }
  })
  const sandboxBanks = await parts.sandboxBanks().catch(() => [])
  const checks = [
    nodeCheck(),
    await folderCheck(parts.dataFolder),
    check('key-store', store.state === 'ready', `${store.name}: ${store.message}`, store.remedy),
    await attempt(
      'banks',
      async () => {
        const { banks, operations } = await parts.countBanks()
        return `${banks} ${banks === 1 ? 'bank' : 'banks'} with ${operations} operations`
      },
      'Restore the damaged bank folder; shipped ones come back with a fresh checkout.',
    ),
    await attempt(
      'history',
      async () => {
        await parts.readHistory()
        return 'History can be read and written'
      },
      'Move history.sqlite out of the data folder to start a new one.',
    ),
    // Not running is a state, not a fault: many use a bank's own sandbox.
    check(
      'sandbox',
      true,
      sandboxBanks.length > 0
        ? `Local sandbox runs with ${sandboxBanks.join(', ')}`
        : 'Local sandbox is not running (start it with: tpp sandbox)',
    ),
  ]
  return { ok: checks.every((each) => each.ok), checks }
}
