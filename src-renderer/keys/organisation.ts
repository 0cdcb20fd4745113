/** The organisation a subject names. */

/** @param subject RFC 4514 string. @returns null when it names none. */
export function organisation(subject: string): string | null {
  const value = /(?:^|,|\+)\s*O=((?:\\.|[^,+\\])*)/.exec(subject)?.[1]
  return value === undefined ? null : value.replace(/\\(.)/g, '$1').trim()
}
