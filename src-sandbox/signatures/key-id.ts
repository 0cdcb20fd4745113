/** The keyId of a Berlin Group signature: serial number and issuer of the signing certificate. */
import type { X509Certificate } from 'node:crypto'
import * as x509 from '#sandbox/pki/x509.ts'
import {
  commaForm,
  type DistinguishedName,
  isOneLineForm,
  nameFromDer,
  parseCommaForm,
  sameName,
} from './distinguished-name.ts'

export interface KeyIdForm {
  /** What stands before the issuer's name: CA in the Berlin Group's document, DN at Salt Edge. */
  readonly issuerLabel: 'CA' | 'DN'
  readonly issuerForm: 'one-line' | 'rfc2253'
}

export type KeyIdVerdict = 'good' | 'key-id-malformed' | 'key-id-differs'

export interface KeyIdJudgement {
  readonly verdict: KeyIdVerdict
  readonly reason: string
}

const malformed = (reason: string): KeyIdJudgement => ({ verdict: 'key-id-malformed', reason })
const differs = (reason: string): KeyIdJudgement => ({ verdict: 'key-id-differs', reason })

export const issuerOf = (certificate: X509Certificate): DistinguishedName =>
  nameFromDer(Buffer.from(new x509.X509Certificate(certificate.raw).issuerName.toArrayBuffer()))

function judgeSerial(text: string, certificate: X509Certificate): KeyIdJudgement | null {
  if (!/^[0-9a-f]+$/i.test(text)) return malformed(`SN=${text} is no hexadecimal number`)
  const own = BigInt(`0x${certificate.serialNumber}`)
  if (BigInt(`0x${text}`) === own) return null
  const decimal = /^\d+$/.test(text) && BigInt(text) === own ? '; it is the same number written decimally' : ''
  return differs(`SN=${text} is not the certificate's serial number ${own.toString(16)}${decimal}`)
}

function judgeIssuer(text: string, { issuerForm }: KeyIdForm, certificate: X509Certificate): KeyIdJudgement | null {
  const issuer = issuerOf(certificate)
  const own = commaForm(issuer)
  if (issuerForm === 'one-line') {
    if (!text.startsWith('/')) return malformed(`the issuer ${JSON.stringify(text)} is not in the one-line form`)
    return isOneLineForm(text, issuer) ? null : differs(`${text} is not the certificate's issuer ${own}`)
  }
  const named = parseCommaForm(text)
  if (!named) return malformed(`the issuer ${JSON.stringify(text)} is no distinguished name of RFC 2253`)
  if (sameName(named, issuer)) return null
  const reversed = sameName(named.toReversed(), issuer) ? '; its parts are in reverse order' : ''
  return differs(`${text} is not the certificate's issuer ${own}${reversed}`)
}

export function judgeKeyId(keyId: string, form: KeyIdForm, certificate: X509Certificate): KeyIdJudgement {
  const [, serial, label = '', issuer = ''] = /^\s*SN\s*=\s*([^,]*?)\s*,\s*(\w+)\s*=\s*(.*)$/is.exec(keyId) ?? []
  if (serial === undefined) return malformed(`keyId is not SN=…,${form.issuerLabel}=…`)
  if (label.toUpperCase() !== form.issuerLabel)
    return malformed(`the issuer in keyId is called ${label}, not ${form.issuerLabel}`)
  return (
    judgeSerial(serial, certificate) ??
    judgeIssuer(issuer, form, certificate) ?? { verdict: 'good', reason: 'keyId names the certificate' }
  )
}
