/** Header names are one whatever their case (RFC 9110 section 5.1). */

export const sameHeader = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase()
