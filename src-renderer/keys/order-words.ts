/** The choices of an order in words. */
import type { OrderInput } from '#shared/contract/keys.ts'

export const keyKindWords: readonly (readonly [NonNullable<OrderInput['key']>, string])[] = [
  ['rsa-2048', 'RSA 2048 bit'],
  ['rsa-3072', 'RSA 3072 bit'],
  ['rsa-4096', 'RSA 4096 bit'],
  ['ec-p256', 'EC P-256'],
  ['ec-p384', 'EC P-384'],
]

export const profileWords: readonly (readonly [NonNullable<OrderInput['profile']>, string])[] = [
  ['valid', 'nothing: it is valid'],
  ['expired', 'it has expired'],
  ['not-yet-valid', 'it is not valid yet'],
  ['other-ca', 'a CA the banks do not trust issued it'],
  ['leaf-only', 'its chain is missing'],
  ['revoked', 'it was revoked'],
  ['blocked', 'the banks block it'],
]
