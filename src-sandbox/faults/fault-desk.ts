/** Where the sandbox keeps what faults need beside their settings: another origin, faulty certificates, the hosts to be met on. */
import type { Server } from 'node:http'
import type { Exposure } from '#sandbox/net/exposure.ts'
import type { ServerCredential } from '#sandbox/pki/server-credential.ts'
import type { Tenants } from '#sandbox/state/tenants.ts'
import type { SandboxFault } from '#shared/sandbox-protocol.ts'
import { isConnectionFault, meetConnections, type WatchedHost } from './connection-faults.ts'
import { type Elsewhere, openElsewhere } from './elsewhere.ts'
import { type FaultyCredentials, makeFaultyCredentials } from './faulty-credentials.ts'

export interface FaultDesk {
  readonly elsewhere: Elsewhere
  /** From now on new connections of this host meet what tenants ask for. */
  watch(host: WatchedHost): void
  /** Makes ready what these settings need; idle connections of the hosts they concern are closed, so that the next call makes a new one. */
  prepare(settings: readonly SandboxFault[]): Promise<void>
}

export interface DeskParts {
  readonly tenants: Tenants
  readonly credential: ServerCredential
  readonly exposure: Exposure
  /** Folder with the sandbox's CAs. */
  readonly authorities: string
  /** What is opened here is put there, to be closed with the rest. */
  readonly servers: Server[]
}

export function openFaultDesk(parts: DeskParts): FaultDesk {
  const { tenants, authorities, exposure } = parts
  const hosts: WatchedHost[] = []
  let credentials: FaultyCredentials | null = null
  return {
    elsewhere: openElsewhere(parts),
    watch: (host) => {
      hosts.push(host)
      meetConnections(host, tenants, () => credentials)
    },
    prepare: async (settings) => {
      const ofConnections = settings.filter(isConnectionFault)
      if (ofConnections.length === 0) return
      credentials ??= await makeFaultyCredentials(authorities, exposure.hosts)
      for (const { bank, host, server } of hosts)
        if (ofConnections.some((setting) => setting.bank === bank && (setting.host ?? host) === host))
          server.closeIdleConnections()
    },
  }
}
