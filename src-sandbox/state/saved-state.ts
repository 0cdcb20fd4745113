/** Keeps the tenants in a file: soon after each change, and at once when the program stops. */
import { z } from 'zod'
import { readFileIfThere, writeFileAtomically } from '#sandbox/home/atomic-file.ts'
import { sandboxFaultSchema, sandboxLogEntrySchema } from '#shared/sandbox-protocol.ts'
import { limits } from './limits.ts'
import { openTenants, type Tenant, type Tenants, withoutHeaders } from './tenants.ts'

const savedSchema = z.object({
  version: z.literal(1),
  tenants: z.array(
    z.object({
      id: z.string(),
      clockOffsetSeconds: z.int(),
      switches: z.record(z.string(), z.array(z.string())),
      faults: z.array(sandboxFaultSchema).default([]),
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
const shortestDelayMilliseconds = 150
/** A big state takes long to write: that must stay a small part of the time. */
const longestShare = 20

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

/** The log is for looking at now; a restart needs the end of it only. */
const withShortLog = (tenant: Tenant): Tenant => ({
  ...tenant,
  log: tenant.log.slice(0, limits.savedLogEntries).map(withoutHeaders),
})

export function openSavedState(path: string): SavedState {
  let timer: NodeJS.Timeout | undefined
  let delay = shortestDelayMilliseconds
  const write = (): void => {
    const text = JSON.stringify({ version: 1, tenants: tenants.all().map(withShortLog) })
    const grew = text.length > limits.stateCharacters
    if (grew && !tenants.fileIsFull)
      process.stderr.write(`The state is larger than ${limits.stateCharacters} characters and is no longer kept.\n`)
    tenants.fileIsFull = grew
    // Waiting for the disk several times a second would hold up every tenant's calls.
    if (!grew) writeFileAtomically(path, text, 0o600, false)
  }
  const flush = (): void => {
    if (!timer) return
    clearTimeout(timer)
    timer = undefined
    const began = performance.now()
    write()
    delay = Math.max(shortestDelayMilliseconds, (performance.now() - began) * longestShare)
  }
  const tenants = openTenants(load(path), () => {
    timer ??= setTimeout(flush, delay)
  })
  return { tenants, flush }
}
