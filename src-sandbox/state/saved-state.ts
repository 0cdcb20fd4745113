/** Keeps the tenants in a file: soon after each change, and at once when the program stops. */
import { z } from 'zod'
import { readFileIfThere, writeFileAtomically } from '#sandbox/home/atomic-file.ts'
import { sandboxLogEntrySchema } from '#shared/sandbox-protocol.ts'
import { openTenants, type Tenant, type Tenants } from './tenants.ts'

const savedSchema = z.object({
  version: z.literal(1),
  tenants: z.array(
    z.object({
      id: z.string(),
      clockOffsetSeconds: z.int(),
      switches: z.record(z.string(), z.array(z.string())),
      log: z.array(sandboxLogEntrySchema),
      banks: z.record(z.string(), z.unknown()),
    }),
  ),
})

export interface SavedState {
  readonly tenants: Tenants
  /** Writes what is not yet written. */
  flush(): void
}

/** Long enough to gather the changes of a burst of calls into one write. */
const delayMilliseconds = 150

function load(path: string): Tenant[] {
  const text = readFileIfThere(path)
  if (text === null) return []
  try {
    return savedSchema.parse(JSON.parse(text)).tenants
  } catch (cause) {
    // Simulated data is not worth refusing to start for; the old file stays beside the new one for a look.
    writeFileAtomically(`${path}.damaged`, text)
    process.stderr.write(`The saved state did not fit and was set aside: ${String(cause).slice(0, 300)}\n`)
    return []
  }
}

export function openSavedState(path: string): SavedState {
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    if (!timer) return
    clearTimeout(timer)
    timer = undefined
    const content = { version: 1, tenants: tenants.all() }
    writeFileAtomically(path, JSON.stringify(content))
  }
  const tenants = openTenants(load(path), () => {
    timer ??= setTimeout(flush, delayMilliseconds)
  })
  return { tenants, flush }
}
