/** The table of signing schemes: how a bank wants its requests signed. */
import type { SigningProfile, SigningSchemeName } from '#shared/signing-profile.ts'
import { detachedJws } from './detached-jws.ts'
import { httpSignature } from './http-signature.ts'
import type { SigningScheme } from './signing-scheme.ts'

export type { SigningScheme } from './signing-scheme.ts'

type ProfileOf<Name extends SigningSchemeName> = Extract<SigningProfile, { scheme: Name }>

/** Nothing is signed at message level: the client certificate of the connection is the only proof. */
const none: SigningScheme = { signs: false, sign: () => Promise.resolve({ headers: [], trace: null }) }

export const signingSchemes: { [Name in SigningSchemeName]: (profile: ProfileOf<Name>) => SigningScheme } = {
  none: () => none,
  'http-signature': httpSignature,
  'detached-jws': detachedJws,
}

/** The entry of the table with a bank's parameters; asked for once, when the bank is loaded. */
export function signingSchemeOf(profile: SigningProfile): SigningScheme {
  // The name picks the function whose parameter has that very name; the compiler cannot follow it through the union.
  const make = signingSchemes[profile.scheme] as (profile: SigningProfile) => SigningScheme
  return make(profile)
}
