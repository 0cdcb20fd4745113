/** Evidence on the signature: whether it is there, whole, made over what was sent, and in time. */
import { hash } from 'node:crypto'
import { type CallFacts, headerOf } from '../call-facts.ts'
import { type Judgement, no, open, type Predicate, yes } from './judgement.ts'
import { joseHeaderOf, missingParameters, signatureParameters, verifySent } from './sent-signature.ts'

const unsigned = open('This bank asks for no signature here.')

/** Name of the header with the signature; null where the call needs none. */
export function signatureHeader({ bank, operation }: CallFacts): string | null {
  const { signing } = bank.profile
  if (signing.scheme === 'none' || !bank.signs(operation)) return null
  return signing.scheme === 'detached-jws' ? signing.header : 'Signature'
}

/** Made while sending, by whoever has the key: not there yet before that. */
const notMadeYet = ({ outcome, identity }: CallFacts): boolean => outcome === null && identity != null

function signatureAbsent(facts: CallFacts): Judgement {
  const name = signatureHeader(facts)
  if (name === null) return unsigned
  if (headerOf(facts.headers, name) !== null) return no(`The request had ${name}.`)
  return notMadeYet(facts) ? no(`${name} is made when the call is sent.`) : yes(`The request had no ${name}.`)
}

function signatureMalformed(facts: CallFacts): Judgement {
  const name = signatureHeader(facts)
  const value = name === null ? null : headerOf(facts.headers, name)
  if (name === null) return unsigned
  if (value === null) return no(`There was no ${name} to read.`)
  if (facts.bank.profile.signing.scheme === 'detached-jws')
    return joseHeaderOf(value) === null ? yes(`${name} is no detached JWS.`) : no(`${name} is a detached JWS.`)
  const missing = missingParameters(signatureParameters(value))
  return missing.length > 0
    ? yes(`${name} lacks ${missing.join(', ')}.`)
    : no(`${name} has every part its scheme asks for.`)
}

/** The header of the Berlin Group's own scheme, and a value that begins like one of it (draft-cavage-http-signatures-10 section 4.1). */
function signatureElsewhere(facts: CallFacts): Judgement {
  const own = signatureHeader(facts)
  if (own === null) return unsigned
  const other = facts.headers.find(
    ([name, value]) =>
      name.toLowerCase() !== own.toLowerCase() &&
      (name.toLowerCase() === 'signature' || /^(signature\s+)?keyid="/i.test(value.trim())),
  )
  return other === undefined
    ? no('No other header holds a signature.')
    : yes(`${other[0]} holds a signature; the bank reads ${own}.`)
}

function signatureNotBase64(facts: CallFacts): Judgement {
  const value = headerOf(facts.headers, 'signature')
  if (facts.bank.profile.signing.scheme !== 'http-signature' || signatureHeader(facts) === null) return unsigned
  const signature = value === null ? '' : (signatureParameters(value).signature ?? '')
  if (signature === '') return open('Signature has no part called signature.')
  return /^[A-Za-z0-9+/]+={0,2}$/.test(signature) && signature.length % 4 === 0
    ? no('The part called signature is base64.')
    : yes('The part called signature is not base64 (RFC 4648 section 4).')
}

function notVerifying(facts: CallFacts): Judgement {
  const name = signatureHeader(facts)
  if (name === null) return unsigned
  if (headerOf(facts.headers, name) === null) return open(`There was no ${name} to verify.`)
  const verified = verifySent(facts, facts.bank.profile.signing)
  if (verified === null) return unsigned
  return verified.problem === null ? no(`${name} verifies over the headers sent.`) : yes(`${name} ${verified.problem}.`)
}

/** RFC 3230, algorithms of RFC 5843. */
function digestDiffers({ headers, body }: CallFacts): Judgement {
  const sent = headerOf(headers, 'digest')
  if (sent === null) return open('The request had no Digest.')
  const [, name = '', value = ''] = /^(SHA-256|SHA-512)=(.+)$/i.exec(sent) ?? []
  if (name === '') return yes('Digest is neither SHA-256= nor SHA-512= and a hash.')
  const own = hash(name.toLowerCase().replace('-', ''), Buffer.from(body ?? '', 'utf8'), 'base64')
  return own === value
    ? no(`The body hashes to the Digest sent (${own}).`)
    : yes(`The body hashed to ${own}; Digest says ${value}.`)
}

function keyIdDiffers(facts: CallFacts): Judgement {
  const { signing } = facts.bank.profile
  if (signing.scheme !== 'http-signature' || signatureHeader(facts) === null) return unsigned
  const value = headerOf(facts.headers, 'signature')
  if (value === null) return open('There was no Signature to read.')
  const verified = verifySent(facts, signing)
  const serial = verified?.certificate?.serialNumber
  if (verified?.keyId == null || serial === undefined)
    return open('Signature names no key, or no certificate came with it.')
  const named = /^SN=([^,]*)/.exec(verified.keyId)?.[1]
  if (named === undefined) return yes(`keyId is not SN= and a serial number: ${verified.keyId.slice(0, 80)}.`)
  const plain = (text: string) => text.toUpperCase().replace(/^0+/, '')
  return plain(named) === plain(serial)
    ? no(`keyId names the certificate sent, by its serial number ${serial}.`)
    : yes(`keyId names the serial number ${named}; the certificate sent has ${serial}.`)
}

function dateOff(facts: CallFacts): Judgement {
  const { headers, outcome, at, ahead } = facts
  const sent = headerOf(headers, 'date')
  if (sent === null) return open('The request had no Date header.')
  const own = Date.parse(sent)
  if (Number.isNaN(own)) return yes('Date is no date of HTTP (RFC 9110 section 5.6.7).')
  if (ahead === null && outcome !== null) return open('The bank’s answer says no time to compare with.')
  const off = Math.round((own - (at + (ahead ?? 0) * 1000)) / 1000)
  const clock = ahead === null ? 'this machine' : 'the bank'
  const sentence = `Date was ${Math.abs(off)} s ${off < 0 ? 'behind' : 'ahead of'} the clock of ${clock}.`
  return Math.abs(off) > 60 ? yes(sentence) : no(sentence)
}

export const signatureEvidence = {
  'signature-absent': signatureAbsent,
  'signature-elsewhere': signatureElsewhere,
  'signature-malformed': signatureMalformed,
  'signature-not-base64': signatureNotBase64,
  'signature-not-verifying': notVerifying,
  'digest-differs': digestDiffers,
  'key-id-differs': keyIdDiffers,
  'date-off': dateOff,
} satisfies Record<string, Predicate>
