/** What tests of the transport share: a bank on Node's own TLS, connections to it, and requests. */
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Server as NetServer, Socket } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { clientContext } from '#core/http/client-context.ts'
import type { Connection } from '#core/http/connect.ts'
import { type RequestParts, type SealedRequest, sealRequest } from '#core/http/sealed-request.ts'
import { type Credential, createTestAuthority, type TestAuthority } from '../pki/test-authority.ts'

export interface TestBank {
  readonly authority: TestAuthority
  readonly server: Credential
  readonly client: Credential
  /** Starts a server that asks for a client certificate and takes every one. */
  serve(answer: RequestListener, options?: TlsOptions): Promise<string>
  listen(server: NetServer): Promise<string>
  /** The server started last. */
  last(): NetServer
  anonymous(more?: Partial<Connection>): Connection
  as(credential: Credential, id?: string, more?: Partial<Connection>): Connection
  stop(): Promise<void>
}

export const aRequest = (url: string, parts: Partial<RequestParts> = {}): SealedRequest =>
  sealRequest({
    method: 'GET',
    url,
    headers: [['Accept', 'application/json']],
    body: null,
    limits: { deadline: 10_000, bodyCap: 100_000_000 },
    ...parts,
  })

export async function createTestBank(): Promise<TestBank> {
  const authority = await createTestAuthority()
  const server = await authority.leaf({ name: 'bank' })
  const client = await authority.leaf({ name: 'tpp' })
  const running: NetServer[] = []
  const sockets = new Set<Socket>()
  const listen = (started: NetServer): Promise<string> => {
    running.push(started)
    for (const event of ['connection', 'secureConnection'])
      started.on(event, (socket: Socket) => {
        sockets.add(socket)
        socket.once('close', () => sockets.delete(socket))
      })
    return new Promise((resolve) => {
      started.listen(0, '127.0.0.1', () => resolve(`https://127.0.0.1:${(started.address() as AddressInfo).port}`))
    })
  }
  return {
    authority,
    server,
    client,
    listen,
    last: () => running.at(-1)!,
    serve: (answer, options = {}) =>
      listen(
        createServer(
          {
            cert: server.cert,
            key: server.key,
            requestCert: true,
            rejectUnauthorized: false,
            ca: authority.ca,
            ...options,
          },
          answer,
        ),
      ),
    anonymous: (more = {}) => ({
      id: '-',
      secureContext: clientContext({ ca: [authority.ca], client: null }),
      clientCertificate: null,
      ...more,
    }),
    as: (credential, id = 'one', more = {}) => ({
      id,
      secureContext: clientContext({ ca: [authority.ca], client: { cert: credential.cert, key: credential.key } }),
      clientCertificate: { sha256: credential.sha256, subject: 'CN=tpp' },
      ...more,
    }),
    async stop() {
      const closed = running.splice(0).map((each) => new Promise((resolve) => each.close(resolve)))
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    },
  }
}
