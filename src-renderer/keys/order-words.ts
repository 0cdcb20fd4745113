/** The choices of an order in words. */
import type { OrderInput } from '#shared/contract/keys.ts'

export const keyKindWords: readonly (readonly [NonNullable<OrderInput['key']>, string])[] = [
  ['rsa-2048', 'RSA 2048 bit'],
  ['rsa-3072', 'RSA 3072 bit'],
  ['rsa-4096', 'RSA 4096 bit'],
  ['ec-p256', 'EC P-256'],
  ['ec-p384', 'EC P-384'],
]

/** What each fault is ordered for. */
export const profilePurposes: Readonly<Record<NonNullable<OrderInput['profile']>, string>> = {
  valid: 'Every bank of the local sandbox takes it.',
  expired: 'Shows how each bank refuses a certificate whose time is over, and that preflight finds it before the call.',
  'not-yet-valid': 'Shows a clock that is wrong, or an order that came too early.',
  'other-ca': 'Shows what a bank says of an issuer it does not know.',
  'leaf-only': 'Shows a bank that needs the issuing certificate sent along.',
  revoked: 'Its serial is on the revocation list of the QTSP; only the bank can know.',
  blocked: 'In order as it is, and refused all the same: the bank has blocked it.',
  'wrong-role': 'The QTSP certified PSP_AS instead: shows which calls a role is needed for.',
  'wrong-organisation': 'The QTSP misread the number: registration, tokens and signatures name another organisation.',
  'sha-1': 'Banks trust it no longer; most TLS libraries refuse to present it at all.',
}

export const issuerWords: readonly (readonly [NonNullable<OrderInput['issuer']>, string])[] = [
  ['standard', 'the usual issuing CA'],
  ['non-ascii', 'a CA with an Å in its name'],
]

export const profileWords: readonly (readonly [NonNullable<OrderInput['profile']>, string])[] = [
  ['valid', 'nothing: it is valid'],
  ['expired', 'it has expired'],
  ['not-yet-valid', 'it is not valid yet'],
  ['other-ca', 'a CA the banks do not trust issued it'],
  ['leaf-only', 'its chain is missing'],
  ['revoked', 'it was revoked'],
  ['blocked', 'the banks block it'],
  ['wrong-role', 'it has another role than asked for'],
  ['wrong-organisation', 'it is for another organizationIdentifier'],
  ['sha-1', 'it is signed with SHA-1'],
]
