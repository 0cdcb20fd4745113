/** Chooses the loopback address a new registration names as its callback. */
import { createServer } from 'node:net'

/** http on 127.0.0.1, a port that is free now, a path of the bank's own (RFC 9700 section 2.1 against mix-up). */
export async function freeCallback(bank: string): Promise<string> {
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
  return `http://127.0.0.1:${port}/callback/${bank}`
}
