/** Puts a header value that is not ASCII into one encoded-word (RFC 2047), or refuses it. */
import { Fault } from '#shared/fault.ts'
import type { HttpSignatureProfile } from '#shared/signing-profile.ts'

// Longer than the 75 characters of RFC 2047 section 2 on purpose: banks want the whole value in one word.
const encodedWord = (value: string): string => `=?utf-8?B?${Buffer.from(value, 'utf8').toString('base64')}?=`

function refuse(): never {
  const message =
    'The issuer of the signing certificate has a name that is not ASCII, which the Signature header of this bank cannot carry, so nothing was signed. Use a certificate of another issuer.'
  throw new Fault('HEADER_INVALID', message, { header: 'Signature' })
}

const treatments: Record<HttpSignatureProfile['nonAscii'], (value: string) => string> = { rfc2047: encodedWord, refuse }

const ascii = /^[\x20-\x7e]*$/

/** The treatment by its name; ASCII passes unchanged. The treatment @throws Fault HEADER_INVALID */
export function asciiTreatment(name: HttpSignatureProfile['nonAscii']): (value: string) => string {
  const treatment = treatments[name]
  return (value) => (ascii.test(value) ? value : treatment(value))
}
