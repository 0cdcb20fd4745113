/** A real `openssl s_server`, in the state a test wants it; it answers a GET with a page about the connection. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Credential } from '../pki/test-authority.ts'
import { findProgram, type RunningServer, startServer, whyNoServer } from './server-program.ts'

export const whyNoOpenssl = (): string | null => whyNoServer('openssl', 'version')

export interface OpensslState {
  readonly credential: Pick<Credential, 'cert' | 'key'>
  /** PEM of the CAs whose client certificates it takes. */
  readonly clientCa: string
  /** Options of s_server, such as -Verify 1 and -no_tls1_3. */
  readonly options?: readonly string[]
}

export const startOpenssl = ({ credential, clientCa, options = [] }: OpensslState): Promise<RunningServer> =>
  startServer(findProgram('openssl') ?? 'openssl', (folder, port) => {
    const at = (name: string) => join(folder, name)
    writeFileSync(at('server.pem'), credential.cert)
    writeFileSync(at('server.key'), credential.key, { mode: 0o600 })
    writeFileSync(at('clients.pem'), clientCa)
    const files = ['-cert', at('server.pem'), '-key', at('server.key'), '-CAfile', at('clients.pem')]
    return ['s_server', '-accept', `127.0.0.1:${port}`, ...files, '-www', ...options]
  })
