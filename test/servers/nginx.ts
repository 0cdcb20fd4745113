/** A real nginx with one TLS server, in the state a test wants it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Credential } from '../pki/test-authority.ts'
import { findProgram, type RunningServer, startServer, whyNoServer } from './server-program.ts'

export const whyNoNginx = (): string | null => whyNoServer('nginx', '-v')

export interface NginxState {
  readonly credential: Pick<Credential, 'cert' | 'key'>
  /** PEM of the CAs whose client certificates it takes. */
  readonly clientCa?: string
  /** Lines of the server block. */
  readonly lines?: readonly string[]
  /** Lines of `location /`. */
  readonly location?: readonly string[]
  /** Without TLS. */
  readonly plain?: boolean
}

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

function configuration(folder: string, port: number, state: NginxState): string {
  const { lines = [], location = ['return 200 "nginx";'], plain = false } = state
  return `daemon off;
master_process off;
pid ${join(folder, 'nginx.pid')};
events { worker_connections 64; }
http {
  access_log off;
  default_type text/plain;
  ${temporary.map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port}${plain ? '' : ' ssl'};
    ssl_certificate ${join(folder, 'server.pem')};
    ssl_certificate_key ${join(folder, 'server.key')};
    ${state.clientCa === undefined ? '' : `ssl_client_certificate ${join(folder, 'clients.pem')};`}
    ${lines.join('\n    ')}
    location / { ${location.join(' ')} }
  }
}
`
}

export const startNginx = (state: NginxState): Promise<RunningServer> =>
  startServer(findProgram('nginx') ?? 'nginx', (folder, port) => {
    for (const name of temporary) mkdirSync(join(folder, name))
    writeFileSync(join(folder, 'server.pem'), state.credential.cert)
    writeFileSync(join(folder, 'server.key'), state.credential.key, { mode: 0o600 })
    if (state.clientCa !== undefined) writeFileSync(join(folder, 'clients.pem'), state.clientCa)
    writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, state))
    return ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr']
  })
