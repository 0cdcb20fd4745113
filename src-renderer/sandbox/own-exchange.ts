/** Our side of a call a simulated bank logged: the exchange in History with the same X-Request-ID. */
import type { HistoryRow, KeptExchange } from '#shared/contract/history.ts'
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { api } from '../api.ts'
import { type Loaded, useLoaded } from '../ui/use-loaded.ts'

/** Characters History takes as words. */
const longest = 500

async function find(requestId: string, bank: string): Promise<HistoryRow | null> {
  if (requestId.length > longest) return null
  const rows = await api.history.list({ words: requestId, bank, limit: 20 })
  return rows.find((row) => row.requestId === requestId) ?? null
}

export const useOwnExchange = ({ requestId, bank }: SandboxLogEntry): Loaded<HistoryRow | null> =>
  useLoaded(requestId, (id) => find(id, bank))

/** What the workbench signed in that exchange; null where it signed nothing. */
async function signedText({ requestId, bank }: SandboxLogEntry): Promise<string | null> {
  const row = requestId === null ? null : await find(requestId, bank)
  const exchange: KeptExchange | null = row === null ? null : await api.history.show({ id: row.id })
  return exchange?.signature?.signingString ?? null
}

export const useSignedText = (entry: SandboxLogEntry): Loaded<string | null> =>
  useLoaded(entry.signature?.signingString == null ? null : entry.requestId, () => signedText(entry))
