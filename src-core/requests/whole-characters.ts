/** Finds where bytes of UTF-8 can be cut without breaking a character. */

/** Bytes of the character a lead byte begins (RFC 3629 section 3); 1 for anything else. */
function lengthAt(lead: number): number {
  if (lead >= 0xf0 && lead < 0xf8) return 4
  if (lead >= 0xe0) return 3
  return lead >= 0xc0 ? 2 : 1
}

/** How many of the bytes are whole characters; all of them where they are no UTF-8. */
export function wholeCharacters(bytes: Uint8Array): number {
  const least = Math.max(0, bytes.length - 3)
  for (let at = bytes.length - 1; at >= least; at -= 1) {
    const byte = bytes[at]!
    if ((byte & 0xc0) === 0x80) continue
    return at + lengthAt(byte) <= bytes.length || at === 0 ? bytes.length : at
  }
  return bytes.length
}
