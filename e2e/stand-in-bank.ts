/** A bank in place of the sandbox's: it answers whatever a test wants, at once or when it is let go. */
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { newCredential } from './certificates.ts'

export interface BankAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

export interface StandInBank {
  answerWith(answer: BankAnswer): void
  /** From now on a call waits until it is let go. */
  hold(): void
  /** Resolves when a call waits. */
  arrived(): Promise<void>
  letGo(): void
  /** The sandbox's own bank answers again. */
  close(): Promise<void>
}

/** Takes over one host, of every bank that has it, in the running sandbox's note; the others and control stay with the sandbox. */
export async function openStandInBank(home: string, host = 'resource'): Promise<StandInBank> {
  const { certificate, key } = await newCredential('Stand-in bank')
  let next: BankAnswer = { body: '{}' }
  let holding = false
  const waiting: (() => void)[] = []
  let seen = Promise.withResolvers<void>()
  const server = createServer(
    { cert: certificate, key: key.export({ type: 'pkcs8', format: 'pem' }) },
    (_, response) => {
      const answer = () => {
        const { status = 200, headers = { 'content-type': 'application/json' }, body } = next
        response.writeHead(status, headers).end(body)
      }
      if (!holding) return answer()
      waiting.push(answer)
      seen.resolve()
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const note = join(home, 'sandbox', 'running.json')
  const original = await readFile(note, 'utf8')
  const running = JSON.parse(original) as { ca: string; banks: { id: string; urls: Record<string, string> }[] }
  const authorities = join(home, 'sandbox', 'stand-in-ca.pem')
  await writeFile(authorities, `${await readFile(running.ca, 'utf8')}\n${certificate}`)
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const banks = running.banks.map(({ id, urls }) => ({ id, urls: { ...urls, [host]: url } }))
  await writeFile(note, JSON.stringify({ ...running, ca: authorities, banks }))
  return {
    answerWith(answer) {
      next = answer
      holding = false
    },
    hold() {
      holding = true
      seen = Promise.withResolvers<void>()
    },
    arrived: () => seen.promise,
    letGo() {
      holding = false
      for (const answer of waiting.splice(0)) answer()
    },
    async close() {
      await writeFile(note, original)
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}
