/** Base64 of RFC 4648 section 4 to the letter: padded, without line feeds and without stray bits. */

/** @returns null where the text is not exactly what an encoder would have written. */
export function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return text !== '' && bytes.toString('base64') === text ? bytes : null
}
