/** Finds the PEM blocks (RFC 7468, RFC 1421 headers) in any text, in one pass, and writes DER as PEM bytes that can be overwritten. */

export interface PemBlock {
  /** `CERTIFICATE`, `ENCRYPTED PRIVATE KEY`, … */
  readonly label: string
  /** RFC 1421 headers such as `Proc-Type: 4,ENCRYPTED`. */
  readonly headers: readonly string[]
  /** Base64 without white space; null where the block is cut off or holds anything else. */
  readonly base64: string | null
}

const begin = '-----BEGIN '
const dashes = '-----'

/**
 * Blocks in the order of the text. Text around them, CRLF, indentation, lost line breaks and line breaks written as `\n`
 * (a PEM pasted out of JSON) are all accepted.
 */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  let at = text.indexOf(begin)
  while (at !== -1) {
    const labelStart = at + begin.length
    const next = text.indexOf(begin, labelStart)
    // A block ends before the next one begins: one without an end must not swallow its successor.
    blocks.push(readBlock(text.slice(labelStart, next === -1 ? undefined : next)))
    at = next
  }
  return blocks
}

function readBlock(text: string): PemBlock {
  const labelEnd = text.indexOf(dashes)
  const label = labelEnd === -1 ? '' : text.slice(0, Math.min(labelEnd, 100))
  const end = text.indexOf(`${dashes}END ${label}${dashes}`, label.length)
  if (labelEnd === -1 || end === -1) return { label, headers: [], base64: null }
  const lines = text
    .slice(labelEnd + dashes.length, end)
    .split(/\\r|\\n|\r|\n/)
    .map((line) => line.trim())
  const headers = lines.filter((line) => line.includes(':'))
  const base64 = lines
    .filter((line) => !line.includes(':'))
    .join('')
    .replace(/\s/g, '')
  return { label, headers, base64: /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? base64 : null }
}

/** The block as OpenSSL reads it. */
export function pemText({ label, headers, base64 }: PemBlock): string {
  const body = (base64 ?? '').match(/.{1,64}/g) ?? []
  const head = headers.length > 0 ? [...headers, ''] : []
  return [`${begin}${label}${dashes}`, ...head, ...body, `${dashes}END ${label}${dashes}`, ''].join('\n')
}

const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const padding = 0x3d

/** DER as PEM in a Buffer: a string could not be overwritten after use. */
export function pemBytes(label: string, der: Uint8Array): Buffer {
  const body = Buffer.alloc(Math.ceil(der.length / 3) * 4, padding)
  for (let from = 0, to = 0; from < der.length; from += 3, to += 4) {
    const [a = 0, b, c] = der.subarray(from, from + 3)
    body[to] = alphabet[a >> 2]!
    body[to + 1] = alphabet[((a & 3) << 4) | ((b ?? 0) >> 4)]!
    if (b !== undefined) body[to + 2] = alphabet[((b & 15) << 2) | ((c ?? 0) >> 6)]!
    if (c !== undefined) body[to + 3] = alphabet[c & 63]!
  }
  const lines: Uint8Array[] = [Buffer.from(`${begin}${label}${dashes}\n`)]
  for (let at = 0; at < body.length; at += 64) lines.push(body.subarray(at, at + 64), Buffer.of(10))
  lines.push(Buffer.from(`${dashes}END ${label}${dashes}\n`))
  const pem = Buffer.concat(lines)
  body.fill(0)
  return pem
}
