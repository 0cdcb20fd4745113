/** The folder that keeps a sandbox between two starts, and the names of what lies in it. */
import { chmodSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '#shared/fault.ts'

export interface SandboxHome {
  readonly folder: string
  readonly running: string
  readonly starting: string
  readonly ports: string
  readonly state: string
  readonly qtsp: string
  /** The secret that tenants' control tokens are derived from. */
  readonly tenantTokens: string
  /** Folder with the certificates and keys of the CAs and of the server. */
  readonly authorities: string
  /** Folder with the banks' documents as JSON, which are read faster than YAML; it may be removed at any time. */
  readonly compiled: string
}

/** Creates what is missing; nobody but the owner may look in, as it holds private keys. */
export function openSandboxHome(path: string): SandboxHome {
  const folder = resolve(path)
  const authorities = join(folder, 'authorities')
  try {
    mkdirSync(authorities, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    chmodSync(authorities, 0o700)
  } catch (cause) {
    throw new Fault('DATA_UNWRITABLE', `The sandbox cannot write to its folder ${folder}.`, {}, cause)
  }
  return {
    folder,
    authorities,
    compiled: join(folder, 'compiled'),
    running: join(folder, 'running.json'),
    starting: join(folder, 'starting.lock'),
    ports: join(folder, 'ports.json'),
    state: join(folder, 'state.json'),
    qtsp: join(folder, 'qtsp.json'),
    tenantTokens: join(folder, 'tenant-tokens.key'),
  }
}
