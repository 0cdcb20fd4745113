/** Lets new connections of a bank's host meet what some tenant has asked for; open ones go on as they are. */
import type { RequestListener } from 'node:http'
import { createServer, type Server, type ServerOptions } from 'node:https'
import type { Socket } from 'node:net'
import { record, type Tenant, type Tenants, tenantNow } from '#sandbox/state/tenants.ts'
import type { SandboxFault } from '#shared/sandbox-protocol.ts'
import { type ConnectionFaultId, faultKinds } from './fault-kinds.ts'
import { countUse } from './fault-settings.ts'
import type { FaultyCredential, FaultyCredentials } from './faulty-credentials.ts'
import { refuseInHandshake } from './handshake-refusal.ts'

export const isConnectionFault = ({ fault }: Pick<SandboxFault, 'fault'>): boolean =>
  faultKinds.get(fault)?.applies === 'connection'

export interface WatchedHost {
  readonly bank: string
  readonly host: string
  readonly server: Server
  /** What the server was made of: the faulty ones differ in one thing. */
  readonly options: ServerOptions & FaultyCredential
  readonly listener: RequestListener
}

/** A server that never listens: connections are handed to it. */
type Faulty = (raw: Socket, setting: SandboxFault) => void

const handedTo = (options: ServerOptions, listener: RequestListener): Faulty => {
  const server = createServer(options, listener)
  return (raw) => void server.emit('connection', raw)
}

function faultyServers(
  { options, listener }: WatchedHost,
  credentials: FaultyCredentials,
): Readonly<Record<ConnectionFaultId, Faulty>> {
  const usual = { key: options.key, cert: options.cert }
  return {
    // OpenSSL's default level of security knows nothing below 1.2.
    'tls-1-1': handedTo(
      { ...options, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' },
      listener,
    ),
    'wrong-host-name': handedTo({ ...options, ...credentials['wrong-host-name'] }, listener),
    'expired-server-certificate': handedTo({ ...options, ...credentials['expired-server-certificate'] }, listener),
    'client-certificate-refused': (raw, { parameters }) =>
      refuseInHandshake(raw, usual, {
        alert: String(parameters.alert),
        version: parameters.version === '1.2' ? '1.2' : '1.3',
      }),
  }
}

function wanted(tenants: Tenants, { bank, host }: WatchedHost): readonly [Tenant, SandboxFault] | null {
  for (const tenant of tenants.all())
    for (const setting of tenant.faults)
      if (isConnectionFault(setting) && setting.bank === bank && (setting.host ?? host) === host)
        return [tenant, setting]
  return null
}

/** The tenant who asked for it reads in his log that it was met: by whom cannot be known. */
function log(tenant: Tenant, { bank, host }: WatchedHost, { fault }: SandboxFault): void {
  record(tenant, {
    at: new Date(tenantNow(tenant)).toISOString(),
    bank,
    operation: null,
    method: 'TLS',
    path: host,
    status: 0,
    clientCertificate: null,
    reason: `a new connection to the host ${host} met: ${faultKinds.get(fault)?.title ?? fault}`,
    requestId: null,
    faults: [fault],
  })
}

/** @param credentials null while nobody has asked for a fault of connections. */
export function meetConnections(watched: WatchedHost, tenants: Tenants, credentials: () => FaultyCredentials | null) {
  const { server } = watched
  const usual = server.listeners('connection')
  let faulty: Readonly<Record<string, Faulty>> | null = null
  server.removeAllListeners('connection')
  server.on('connection', (raw: Socket) => {
    const made = credentials()
    const [tenant, setting] = (made && wanted(tenants, watched)) ?? []
    if (!made || !tenant || !setting) {
      for (const take of usual) take.call(server, raw)
      return
    }
    faulty ??= faultyServers(watched, made)
    countUse(tenant, setting)
    log(tenant, watched, setting)
    tenants.changed()
    faulty[setting.fault]?.(raw, setting)
  })
}
