/** A bank in place of the sandbox that keeps a call waiting until it is let go: TLS on 127.0.0.1, found by the note a sandbox leaves. */
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createTestAuthority } from '../pki/test-authority.ts'

export interface SlowBank {
  /** Resolves when a request has arrived. */
  arrived(): Promise<void>
  /** Answers every request that waits. */
  letGo(): void
  close(): Promise<void>
}

export async function openSlowBank(dataFolder: string): Promise<SlowBank> {
  const authority = await createTestAuthority()
  const { cert, key } = await authority.leaf()
  const waiting: (() => void)[] = []
  let seen = (): void => undefined
  const arrival = new Promise<void>((resolve) => {
    seen = resolve
  })
  const server = createServer({ cert, key }, (_request, response) => {
    waiting.push(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{"accounts":[]}'))
    seen()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const home = join(dataFolder, 'sandbox')
  await mkdir(home, { recursive: true })
  await writeFile(join(home, 'ca.pem'), authority.ca)
  const urls = { registration: url, authorize: url, token: url, resource: url }
  await writeFile(
    join(home, 'running.json'),
    JSON.stringify({
      ready: true,
      control: 'http://127.0.0.1:9',
      ca: join(home, 'ca.pem'),
      banks: [{ id: 'ica-banken', urls }],
      pid: process.pid,
      token: 'none',
    }),
  )
  return {
    arrived: () => arrival,
    letGo: () => {
      for (const answer of waiting.splice(0)) answer()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
