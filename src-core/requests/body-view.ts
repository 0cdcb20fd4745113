/** A part of a body as the contract gives it. */
import type { BodyRange } from '#shared/contract/requests.ts'
import type { BodyPart } from './large-answers.ts'
import { wholeCharacters } from './whole-characters.ts'

/** Text ends at the border of a character, so that what follows can be put behind it. */
export function bodyRange({ bytes, size }: BodyPart, from: number, as: 'text' | 'base64'): BodyRange {
  if (as === 'base64') return { from, to: from + bytes.length, size, content: bytes.toString('base64') }
  const last = from + bytes.length >= size
  const shown = last ? bytes : bytes.subarray(0, wholeCharacters(bytes))
  return { from, to: from + shown.length, size, content: shown.toString('utf8') }
}
