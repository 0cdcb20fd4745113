/** A key's kind in a few words. */
import type { IdentityView } from '#shared/contract/keys.ts'

export function keyWords(key: IdentityView['key']): string {
  if ('bits' in key) return `RSA ${key.bits} bit`
  if ('curve' in key) return `EC ${key.curve}`
  return key.type
}
