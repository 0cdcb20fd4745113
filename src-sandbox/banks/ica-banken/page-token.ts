/** Page tokens: opaque to the client, good only for the account and span they were made for. */
import { createHash } from 'node:crypto'

const fingerprint = (filter: string): string => createHash('sha256').update(filter).digest('base64url').slice(0, 12)

export const writePageToken = (start: number, filter: string): string =>
  Buffer.from(`${start}.${fingerprint(filter)}`).toString('base64url')

/** Index of the first transaction of the page; null where the token belongs to something else. */
export function readPageToken(token: string, filter: string): number | null {
  const [, start, print] = /^(\d{1,6})\.([\w-]+)$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? []
  return start !== undefined && print === fingerprint(filter) ? Number(start) : null
}
