/** Waits on a loopback address for the one redirect that ends an authorisation. */
import type { Server } from 'node:http'
import { Fault } from '#shared/fault.ts'
import { callbackHeaders, callbackPage } from './callback-page.ts'

export interface CallbackListener {
  /** Query parameters of the first hit. Throws ACCESS_TIMEOUT, CANCELLED. */
  readonly callback: Promise<URLSearchParams>
  /** Frees the port; harmless when it is free already. */
  close(): Promise<void>
}

/** What decides, while the browser still waits, whether the hit is the right one. Throws a Fault to refuse it. */
export type Judge = (parameters: URLSearchParams) => void

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE'
          ? new Fault(
              'ACCESS_PORT_TAKEN',
              `Port ${port} of the registered callback is taken by another program. Stop that program, or register again with another callback: tpp register <bank> --callback URI`,
              { port },
              cause,
            )
          : new Fault('ACCESS_CALLBACK', `The callback's port ${port} could not be opened.`, { port }, cause),
      )
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve)
  })
}

/** For an https address: certificate with its chain, and key (PEM). */
export interface CallbackCertificate {
  readonly cert: string
  readonly key: string
}

/**
 * Listens for `redirectUri` on 127.0.0.1 (RFC 8252 section 7.3). Other paths, methods and Host values get 404 and
 * change nothing; the first hit on the right path closes the port, whatever it says.
 */
export async function listenForCallback(
  redirectUri: string,
  judge: Judge,
  timeout: number,
  signal?: AbortSignal,
  certificate?: CallbackCertificate,
): Promise<CallbackListener> {
  const expected = new URL(redirectUri)
  const limits = { maxHeaderSize: 16 * 1024, requestTimeout: 5000 }
  // Loaded here because no other command needs them: a static import costs every start 20 ms.
  const server =
    certificate === undefined
      ? (await import('node:http')).createServer(limits)
      : (await import('node:https')).createServer({ ...limits, ...certificate, minVersion: 'TLSv1.2' })
  let settle: { resolve(parameters: URLSearchParams): void; reject(fault: Fault): void }
  const callback = new Promise<URLSearchParams>((resolve, reject) => {
    settle = { resolve, reject }
  })
  callback.catch(() => {})
  /** The page of the hit is on its way. */
  let answering = false

  const close = () =>
    new Promise<void>((resolve) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      server.close(() => resolve())
      // A browser keeps connections it has sent nothing over; close would wait a minute for them.
      if (!answering) server.closeAllConnections()
    })
  const cancel = () => {
    settle.reject(new Fault('CANCELLED', 'The authorisation was cancelled; its callback port is free again.'))
    void close()
  }
  const timer = setTimeout(() => {
    settle.reject(
      new Fault(
        'ACCESS_TIMEOUT',
        `No callback came within ${Math.round(timeout / 1000)} s. The customer may have left the bank's page: resume the authorisation, or start again.`,
      ),
    )
    void close()
  }, timeout)

  let hit = false
  server.on('request', (request, response) => {
    // Anything may stand in a request line, also what is no URL.
    const target = request.url ?? ''
    const url = target.startsWith('/') ? URL.parse(`${expected.origin}${target}`) : null
    const here = url?.pathname === expected.pathname && request.headers.host === expected.host
    if (url === null || !here || request.method !== 'GET' || hit) {
      response
        .writeHead(404, callbackHeaders)
        .end(callbackPage('Nothing here', 'This address only waits for the answer of a bank.'))
      return
    }
    hit = true
    answering = true
    response.once('close', () => {
      answering = false
      server.closeAllConnections()
    })
    try {
      judge(url.searchParams)
      response
        .writeHead(200, callbackHeaders)
        .end(callbackPage('Done', 'The workbench has the answer of the bank. You can close this page.'))
      settle.resolve(url.searchParams)
    } catch (fault) {
      response
        .writeHead(400, callbackHeaders)
        .end(callbackPage('Not accepted', 'The workbench did not accept this answer. Go back to it to see why.'))
      settle.reject(fault as Fault)
    }
    void close()
  })
  await listen(server, Number(expected.port || (expected.protocol === 'https:' ? 443 : 80))).catch((fault: unknown) => {
    clearTimeout(timer)
    throw fault
  })
  if (signal?.aborted) cancel()
  else signal?.addEventListener('abort', cancel, { once: true })
  return { callback, close }
}
