/** Reads the Signature header of draft-cavage-http-signatures-10 section 4.1 into its parts. */
import { strictBase64 } from './base64.ts'
import { unwrapEncodedWord } from './encoded-word.ts'

export interface SignatureParameters {
  readonly keyId: string
  readonly algorithm: string
  /** Names the signature covers, lower case, in their order. */
  readonly headers: readonly string[]
  readonly signature: Buffer
}

export interface SignatureHeaderForm {
  /** Whether the value may begin with the word Signature, as in an Authorization header. */
  readonly schemeWord: boolean
  /** Whether a value with characters outside ASCII arrives as an encoded-word. */
  readonly encodedWord: boolean
}

export type ReadSignature = { readonly parameters: SignatureParameters } | { readonly malformed: string }

function readPairs(text: string): Map<string, string> | { malformed: string } {
  const pairs = new Map<string, string>()
  const pair = /\s*([A-Za-z][\w-]*)="([^"]*)"\s*(,|$)/y
  while (pair.lastIndex < text.length) {
    const at = pair.lastIndex
    const [, name, value] = pair.exec(text) ?? []
    if (name === undefined || value === undefined)
      return { malformed: `name="value" is expected at ${JSON.stringify(text.slice(at, at + 20))}` }
    if (pairs.has(name)) return { malformed: `${name} stands there twice` }
    pairs.set(name, value)
  }
  return pairs
}

function unwrap(value: string, { schemeWord, encodedWord }: SignatureHeaderForm): ReturnType<typeof unwrapEncodedWord> {
  // Node hands bytes over as ISO 8859-1; anything above ASCII was sent bare.
  if (/[^\x20-\x7e]/.test(value)) return { broken: 'the header has bytes outside ASCII' }
  const unwrapped = encodedWord ? unwrapEncodedWord(value) : { text: value }
  if ('broken' in unwrapped || !schemeWord) return unwrapped
  return { text: unwrapped.text.replace(/^Signature +/i, '') }
}

export function readSignatureHeader(value: string, form: SignatureHeaderForm): ReadSignature {
  const unwrapped = unwrap(value, form)
  if ('broken' in unwrapped) return { malformed: unwrapped.broken }
  const pairs = readPairs(unwrapped.text)
  if (!(pairs instanceof Map)) return pairs
  const missing = ['keyId', 'algorithm', 'headers', 'signature'].filter((name) => !pairs.get(name))
  if (missing.length > 0) return { malformed: `${missing.join(', ')} missing` }
  const signature = strictBase64(pairs.get('signature') ?? '')
  if (!signature) return { malformed: 'signature is no base64' }
  const headers = (pairs.get('headers') ?? '').toLowerCase().trim().split(/ +/)
  if (new Set(headers).size !== headers.length) return { malformed: 'headers names one header twice' }
  return {
    parameters: { keyId: pairs.get('keyId') ?? '', algorithm: pairs.get('algorithm') ?? '', headers, signature },
  }
}
