/** Undoes the MIME encoding of a whole header value (RFC 2047), which SpareBank 1 asks for where there is a character outside ASCII. */
import { strictBase64 } from './base64.ts'

const charsets: Readonly<Record<string, 'utf8' | 'latin1'>> = {
  'utf-8': 'utf8',
  'iso-8859-1': 'latin1',
  'us-ascii': 'latin1',
}

/** RFC 2047 section 4.2: `_` is a blank, `=XX` a byte. */
const decodeQ = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll('_', ' ')
      .replace(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )

export type Unwrapped = { readonly text: string } | { readonly broken: string }

/** One encoded-word of any length, as the bank's own example makes it. A value that is none comes back as it is. */
export function unwrapEncodedWord(value: string): Unwrapped {
  if (!value.startsWith('=?')) return { text: value }
  const [, charset = '', encoding = '', encoded = ''] =
    /^=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=$/i.exec(value) ?? []
  const decoder = charsets[charset.toLowerCase()]
  if (!encoding) return { broken: 'the encoded-word is not =?charset?encoding?text?=' }
  if (!decoder) return { broken: `the encoded-word has the charset ${charset}, which the bank does not know` }
  const bytes = encoding.toLowerCase() === 'b' ? strictBase64(encoded) : decodeQ(encoded)
  return bytes ? { text: bytes.toString(decoder) } : { broken: 'the text of the encoded-word is no base64' }
}
