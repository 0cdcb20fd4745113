/** Codes and tokens are kept as digests only: the state file holds nothing that opens anything. */
import { createHash, randomBytes } from 'node:crypto'

export const newSecret = (): string => randomBytes(24).toString('base64url')

export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
