/** Control tokens of single tenants: derived, so that none has to be kept, and the same after a restart. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFileIfThere, writeFileAtomically } from '#sandbox/home/atomic-file.ts'
import { newSecret } from '#sandbox/state/secret-digest.ts'

export interface TenantTokens {
  /** `tenant.NAME.PROOF`, both parts base64url. */
  of(tenant: string): string
  /** The tenant a token steers; null where this sandbox did not hand it out. */
  holder(token: string): string | null
}

/** @param path of the secret they are derived from: who deletes the file takes every token back. */
export function openTenantTokens(path: string): TenantTokens {
  const kept = readFileIfThere(path)?.trim()
  const secret = kept && kept.length >= 32 ? kept : newSecret()
  if (secret !== kept) writeFileAtomically(path, `${secret}\n`)
  const proofOf = (tenant: string): string =>
    createHmac('sha256', secret).update(`control ${tenant}`).digest('base64url')
  const of = (tenant: string): string => `tenant.${Buffer.from(tenant).toString('base64url')}.${proofOf(tenant)}`
  return {
    of,
    holder: (token) => {
      const name = /^tenant\.([\w-]{1,200})\.[\w-]{43}$/.exec(token)?.[1]
      if (name === undefined) return null
      const tenant = Buffer.from(name, 'base64url').toString('utf8')
      const [own, sent] = [Buffer.from(of(tenant)), Buffer.from(token)]
      return own.length === sent.length && timingSafeEqual(own, sent) ? tenant : null
    },
  }
}
