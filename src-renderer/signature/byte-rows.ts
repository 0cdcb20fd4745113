/** Text as rows of sixteen bytes, as a hex viewer has them. */

export interface ByteRow {
  /** Hexadecimal. */
  readonly offset: string
  readonly hex: string
  /** A sign per byte. */
  readonly text: string
}

const perRow = 16

/** A header goes over the wire as Latin-1; what is not in it can only have been UTF-8. */
function bytesOf(text: string): Uint8Array {
  const latin = [...text].every((character) => character.codePointAt(0)! <= 0xff)
  return latin ? Uint8Array.from(text, (character) => character.charCodeAt(0)) : new TextEncoder().encode(text)
}

/** As hex viewers have it: a dot in the middle for a blank, one on the line for what has no shape. */
function sign(byte: number): string {
  if (byte === 0x20) return '·'
  const unseen = byte < 0x20 || (byte >= 0x7f && byte <= 0xa0)
  return unseen ? '.' : String.fromCharCode(byte)
}

export function byteRows(text: string): readonly ByteRow[] {
  const bytes = bytesOf(text)
  return Array.from({ length: Math.ceil(bytes.length / perRow) }, (_, row) => {
    const part = [...bytes.subarray(row * perRow, (row + 1) * perRow)]
    return {
      offset: (row * perRow).toString(16).padStart(4, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: part.map(sign).join(''),
    }
  })
}
