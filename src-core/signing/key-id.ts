/** The table of keyId recipes: how a bank wants the signing certificate to be named. */
import { Fault } from '#shared/fault.ts'
import type { HttpSignatureProfile } from '#shared/signing-profile.ts'
import { oneLineName, rfc2253Name } from './issuer-name.ts'
import type { RequestSigner } from './signing-scheme.ts'

const recipes: Record<HttpSignatureProfile['keyId'], (signer: RequestSigner) => string> = {
  'serial-issuer-one-line': ({ serial, issuer }) => `SN=${serial},DN=${oneLineName(issuer)}`,
  'serial-issuer-rfc2253': ({ serial, issuer }) => `SN=${serial},CA=${rfc2253Name(issuer)}`,
}

/**
 * The recipe by its name. The header's grammar has no escaping, so a name that would end the quoted value early is refused.
 * The recipe @throws Fault HEADER_INVALID
 */
export function keyIdRecipe(name: HttpSignatureProfile['keyId']): (signer: RequestSigner) => string {
  const recipe = recipes[name]
  return (signer) => {
    const keyId = recipe(signer)
    const broken = /["\p{Cc}]/u.exec(keyId)?.[0]
    if (broken === undefined) return keyId
    const what = broken === '"' ? 'a double quote' : 'a control character'
    const issuer = oneLineName(signer.issuer)
    const message = `The issuer of the signing certificate is named ${issuer}. It holds ${what}, which the keyId of the Signature header cannot carry, so nothing was signed. Use a certificate of another issuer.`
    throw new Fault('HEADER_INVALID', message, { header: 'Signature', issuer })
  }
}
