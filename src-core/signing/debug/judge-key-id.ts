/** Takes a keyId apart and says which part does not name the signing certificate as the bank wants it. */
import type { X509Certificate } from 'node:crypto'
import type { SignatureReport } from '#shared/contract/signature-debug.ts'
import type { HttpSignatureProfile } from '#shared/signing-profile.ts'
import type { Findings, Names } from './debug-request.ts'
import { compareName, forms, isOneLine, parseName } from './name-text.ts'

interface Owner {
  readonly certificate: X509Certificate
  readonly issuer: Names
  readonly subject: Names
}

const place = 'Signature: keyId'

interface Parts {
  readonly serial: string
  readonly label: string
  readonly name: string
}

/** `SN=…,<label>=…`; white space around the marks is forgiven here. */
function split(keyId: string): Parts | null {
  const comma = keyId.indexOf(',')
  const head = keyId.slice(0, comma < 0 ? keyId.length : comma)
  const tail = comma < 0 ? '' : keyId.slice(comma + 1)
  const [sn, serial] = [head.slice(0, head.indexOf('=')).trim(), head.slice(head.indexOf('=') + 1).trim()]
  const equals = tail.indexOf('=')
  if (sn.toUpperCase() !== 'SN' || equals < 1) return null
  return { serial, label: tail.slice(0, equals).trim(), name: tail.slice(equals + 1).trim() }
}

const number = (text: string): bigint | null => {
  try {
    return BigInt(text)
  } catch {
    return null
  }
}

function judgeSerial(text: string, { certificate }: Owner, findings: Findings): void {
  const own = BigInt(`0x${certificate.serialNumber}`)
  if (/^[0-9a-f]+$/i.test(text) && number(`0x${text}`) === own) return
  const shown = { wanted: certificate.serialNumber, found: text.slice(0, 80) }
  const bare = text.replace(/^0x/i, '').replace(/[:\s-]/g, '')
  if (/^\d+$/.test(text) && number(text) === own)
    findings.add(
      'decimal-serial',
      place,
      'SN is the serial number in decimal digits: the bank wants it in hexadecimal.',
      shown,
    )
  else if (/^[0-9a-f]+$/i.test(bare) && number(`0x${bare}`) === own)
    findings.add(
      'serial-form',
      place,
      'SN is the serial number with 0x, colons or blanks: the bank wants bare hexadecimal digits.',
      shown,
    )
  else findings.add('serial-differs', place, 'SN is not the serial number of the signing certificate.', shown)
}

function judgeIssuer({ name, label }: Parts, owner: Owner, { keyId }: HttpSignatureProfile, findings: Findings): void {
  const form = forms[keyId]
  const wanted = form.write(owner.issuer)
  const shown = { wanted, found: name.slice(0, 300) }
  if (label !== form.label)
    findings.add('key-id-form', place, `The name of the issuer is called ${label.slice(0, 20)}, not ${form.label}.`, {
      wanted: form.label,
      found: label.slice(0, 20),
    })
  if (name === wanted) return
  const toIssuer = compareName(name, owner.issuer)
  if (toIssuer === 'other' && compareName(name, owner.subject) !== 'other')
    findings.add(
      'subject-for-issuer',
      place,
      `${label} is the subject of the signing certificate: the bank wants its issuer.`,
      shown,
    )
  else if (toIssuer === 'other')
    findings.add('issuer-differs', place, `${label} is not the issuer of the signing certificate.`, shown)
  else if (isOneLine(name) !== form.oneLine)
    findings.add('issuer-form', place, `${label} is the issuer in another form: the bank wants ${form.what}.`, shown)
  else if (toIssuer === 'same')
    findings.add(
      'issuer-form',
      place,
      `${label} is the issuer, spelled otherwise than by ${form.what}. A bank that compares text refuses it.`,
      shown,
    )
  else findings.add('order', place, `${label} is the issuer with its parts in another order.`, shown)
}

export function judgeKeyId(
  keyId: string,
  profile: HttpSignatureProfile,
  owner: Owner | null,
  findings: Findings,
): SignatureReport['keyId'] {
  const text = keyId.slice(0, 8_000)
  const parts = split(text)
  const { label, write } = forms[profile.keyId]
  const wanted = owner === null ? null : `SN=${owner.certificate.serialNumber},${label}=${write(owner.issuer)}`
  if (parts === null)
    findings.add('key-id-form', place, `keyId is not SN=<serial number>,${label}=<issuer>.`, { wanted, found: text })
  else if (owner !== null) {
    judgeSerial(parts.serial, owner, findings)
    judgeIssuer(parts, owner, profile, findings)
  }
  return {
    text,
    wanted,
    serial: {
      text: parts?.serial ?? '',
      certificateHex: owner?.certificate.serialNumber ?? null,
      certificateDecimal: owner === null ? null : BigInt(`0x${owner.certificate.serialNumber}`).toString(),
    },
    label: parts?.label ?? '',
    attributes: parts === null ? [] : parseName(parts.name),
  }
}
