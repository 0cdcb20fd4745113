/** Takes the signature of a request apart: a table with one entry per scheme, as the schemes themselves have. */
import type { SignatureReport } from '#shared/contract/signature-debug.ts'
import type { SigningProfile, SigningSchemeName } from '#shared/signing-profile.ts'
import { debugDetachedJws } from './debug-detached-jws.ts'
import { debugHttpSignature } from './debug-http-signature.ts'
import type { DebugParts, DebugRequest } from './debug-request.ts'

export type { DebugRequest, ReadNames } from './debug-request.ts'

type ProfileOf<Name extends SigningSchemeName> = Extract<SigningProfile, { scheme: Name }>
type Debug<Name extends SigningSchemeName> = (
  request: DebugRequest,
  profile: ProfileOf<Name>,
  parts: DebugParts,
) => SignatureReport

const nothingWanted: Debug<'none'> = (request) => ({
  scheme: 'none',
  profile: [{ name: 'Scheme', value: 'none: the client certificate of the connection is the only proof' }],
  first: null,
  differences: [],
  signingString: null,
  digest: null,
  headers: request.headers.map(([name, sent]) => ({
    name: name.toLowerCase(),
    listed: null,
    wanted: false,
    sent,
    derived: false,
  })),
  algorithm: null,
  keyId: null,
  protectedHeader: null,
  certificate: null,
  verification: { verdict: 'not-signed', reason: 'The bank asks for no signature.' },
})

const schemes: { readonly [Name in SigningSchemeName]: Debug<Name> } = {
  none: nothingWanted,
  'http-signature': debugHttpSignature,
  'detached-jws': debugDetachedJws,
}

/** Never throws for what stands in the request. Values are as they were sent: masking is left to the caller. */
export function debugSignature(request: DebugRequest, profile: SigningProfile, parts: DebugParts): SignatureReport {
  // The name picks the function whose parameter has that very name; the compiler cannot follow it through the union.
  const debug = schemes[profile.scheme] as Debug<SigningSchemeName>
  return debug(request, profile, parts)
}
