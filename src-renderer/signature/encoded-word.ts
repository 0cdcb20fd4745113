/** Encoded-words of RFC 2047 in UTF-8 and base64, the form in which some banks want a header that is not ASCII: one word of any length. */

export const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))

/** @returns the bytes inside; null for anything but one whole encoded-word. */
export function unwrapped(value: string): Uint8Array<ArrayBuffer> | null {
  const inner = /^=\?utf-8\?b\?([A-Za-z0-9+/=]+)\?=$/i.exec(value)?.[1]
  try {
    return inner === undefined ? null : bytesOf(inner)
  } catch {
    return null
  }
}

export const wrapped = (text: string): string => `=?utf-8?B?${base64Of(new TextEncoder().encode(text))}?=`

export interface DecodedWord {
  readonly text: string
  /** What follows is no base64, as in a sample that was shortened. */
  readonly broken: boolean
}

/** The text of a value that begins an encoded-word, as far as it can be read; null where it begins none. */
export function decodedWord(value: string): DecodedWord | null {
  const inner = /^\s*=\?utf-8\?b\?([\s\S]*?)(\?=)?\s*$/i.exec(value)?.[1]
  if (inner === undefined) return null
  const readable = /^[A-Za-z0-9+/]*={0,2}/.exec(inner)?.[0] ?? ''
  // One sign alone at the end holds six bits and no byte.
  const whole = readable.replace(/=+$/, '')
  const text = new TextDecoder().decode(bytesOf(whole.length % 4 === 1 ? whole.slice(0, -1) : whole))
  return { text, broken: readable !== inner }
}
