/** Lets a server listen: on the port it had before, or on a free one that outgoing connections do not use. */
import { randomInt } from 'node:crypto'
import type { Server } from 'node:net'
import { Fault } from '#shared/fault.ts'

/** Below every system's range of ephemeral ports: a remembered port must not be taken by somebody's outgoing connection. */
const lowestPort = 20_000
const highestPort = 32_000
const tries = 100

function attempt(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException): void => {
      server.off('listening', succeeded)
      if (cause.code === 'EADDRINUSE' || cause.code === 'EACCES') resolve(false)
      else if (cause.code === 'EADDRNOTAVAIL')
        reject(new Fault('USAGE', `--listen ${host} is no address of this machine.`, { address: host }, cause))
      else reject(cause)
    }
    const succeeded = (): void => {
      server.off('error', failed)
      resolve(true)
    }
    server.once('error', failed)
    server.once('listening', succeeded)
    server.listen({ host, port, exclusive: true })
  })
}

/** @returns the port. @throws Fault SANDBOX_PORT_TAKEN where `wanted` is in use. */
export async function listenOn(
  server: Server,
  wanted: number | undefined,
  purpose: string,
  address = '127.0.0.1',
): Promise<number> {
  if (wanted !== undefined) {
    if (await attempt(server, wanted, address)) return wanted
    throw new Fault(
      'SANDBOX_PORT_TAKEN',
      `Port ${wanted}, which the local sandbox uses for ${purpose}, is taken: stop the program that has it, or start the sandbox with --port and another number.`,
      { port: wanted, purpose },
    )
  }
  for (let round = 0; round < tries; round += 1) {
    const port = randomInt(lowestPort, highestPort)
    if (await attempt(server, port, address)) return port
  }
  throw new Fault('SANDBOX_PORT_TAKEN', `No free port was found for ${purpose}: start the sandbox with --port.`, {
    purpose,
  })
}
