/** Reads one JSON text entry by entry: what stands in named lists comes one at a time with the text it was written as. */
import type { Json } from '../forms/json-value.ts'
import { pointerTo } from '../forms/json-value.ts'

export interface JsonEntry {
  /** JSON pointer (RFC 6901) of its list. */
  readonly list: string
  readonly value: Json
  /** Exactly as it stands in the text. */
  readonly text: string
}

const quote = 0x22
const backslash = 0x5c

/** Index behind the string that begins at `at`. */
function behindString(text: string, at: number): number {
  let next = text.indexOf('"', at + 1)
  while (next !== -1) {
    let slashes = 0
    while (text.charCodeAt(next - 1 - slashes) === backslash) slashes += 1
    if (slashes % 2 === 0) return next + 1
    next = text.indexOf('"', next + 1)
  }
  throw new SyntaxError('A string of the answer has no end.')
}

function behindNest(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      at = behindString(text, at)
      continue
    }
    at += 1
    if (code === 0x7b || code === 0x5b) depth += 1
    else if (code === 0x7d || code === 0x5d) {
      depth -= 1
      if (depth === 0) return at
    }
  }
  throw new SyntaxError('The answer ends before its end.')
}

const plain = /[^,\]}\s]+/y
const space = /\s*/y

function behindSpace(text: string, at: number): number {
  space.lastIndex = at
  space.test(text)
  return space.lastIndex
}

function behindValue(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code === quote) return behindString(text, at)
  if (code === 0x7b || code === 0x5b) return behindNest(text, at)
  plain.lastIndex = at
  if (!plain.test(text)) throw new SyntaxError('A value of the answer is missing.')
  return plain.lastIndex
}

/** @returns the whole without the entries of the lists. Throws SyntaxError where the text is no JSON. */
export function* jsonEntries(text: string, lists: readonly string[]): Generator<JsonEntry, Json> {
  let at = 0
  const skip = () => {
    at = behindSpace(text, at)
  }
  const expect = (mark: string) => {
    if (text[at] !== mark) throw new SyntaxError(`The answer is no JSON: ${mark} is missing at character ${at + 1}.`)
    at += 1
  }
  const leaf = (): { value: Json; slice: string } => {
    const start = at
    at = behindValue(text, at)
    const slice = text.slice(start, at)
    return { value: JSON.parse(slice) as Json, slice }
  }

  function* list(place: string): Generator<JsonEntry, Json> {
    expect('[')
    skip()
    if (text[at] === ']') at += 1
    else
      for (;;) {
        const { value, slice } = leaf()
        yield { list: place, value, text: slice }
        skip()
        if (text[at] === ']') {
          at += 1
          break
        }
        expect(',')
        skip()
      }
    return []
  }

  function* object(place: string): Generator<JsonEntry, Json> {
    const result: Record<string, Json> = {}
    expect('{')
    skip()
    if (text[at] === '}') at += 1
    else
      for (;;) {
        const name = leaf().value
        if (typeof name !== 'string') throw new SyntaxError('The answer is no JSON: a member has no name.')
        skip()
        expect(':')
        skip()
        const member = yield* any(pointerTo(place, name))
        // Defined, not assigned: a member called __proto__ is a member like any other.
        Object.defineProperty(result, name, { value: member, enumerable: true, configurable: true, writable: true })
        skip()
        if (text[at] === '}') {
          at += 1
          break
        }
        expect(',')
        skip()
      }
    return result
  }

  function* any(place: string): Generator<JsonEntry, Json> {
    if (text[at] === '[' && lists.includes(place)) return yield* list(place)
    if (text[at] === '{' && lists.some((other) => other.startsWith(`${place}/`))) return yield* object(place)
    return leaf().value
  }

  skip()
  const whole = yield* any('')
  skip()
  if (at < text.length) throw new SyntaxError('Something stands behind the end of the JSON.')
  return whole
}
