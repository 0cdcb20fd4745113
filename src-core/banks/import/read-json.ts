/** Reads JSON text, and refuses what JSON.parse would let pass: repeated keys and endless nesting. */
import { importLimits, lineOf, quoted, refuse } from './import-limits.ts'
import { tooDeep } from './json-tree.ts'

const quote = 0x22
const backslash = 0x5c

/** Offset just behind the string that opens at `start`; the end of the text where it never closes. */
function behindString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === backslash) at += 1
    else if (code === quote) return at + 1
  }
  return text.length
}

function isKey(text: string, behind: number): boolean {
  let at = behind
  while (' \t\r\n'.includes(text[at] ?? '-')) at += 1
  return text[at] === ':'
}

function keyOf(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1)
  try {
    return JSON.parse(literal) as string
  } catch {
    return literal
  }
}

/** One pass over the characters, without recursion: depth and repeated keys. Syntax is left to JSON.parse. */
function scan(file: string, text: string): void {
  const open: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null)
      if (open.length > importLimits.depth) throw tooDeep(file, lineOf(text, at))
    } else if (character === '}' || character === ']') open.pop()
    else if (character === '"') {
      const behind = behindString(text, at)
      const keys = open.at(-1)
      if (keys && isKey(text, behind)) {
        const key = keyOf(text.slice(at, behind))
        if (keys.has(key)) throw repeatedKey(file, key, lineOf(text, at))
        keys.add(key)
      }
      at = behind - 1
    }
  }
}

export const repeatedKey = (file: string, key: string, place: string) =>
  refuse({
    file,
    place,
    what: `the key "${quoted(key)}" stands twice in one object`,
    remedy: 'Take one of them out: which one counts is not defined.',
  })

/**
 * Where JSON.parse stopped: V8 names the position, or shows ten characters before it and ten after. null where neither
 * tells, as in a text that is shorter than that.
 */
function offsetOf(text: string, message: string): number | null {
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  if (message.startsWith('Unexpected end')) return text.length
  const shown = /, \.\.\."([\s\S]*)"(?:\.\.\.)? is not valid JSON$/.exec(message)?.[1]
  if (shown === undefined) return null
  const offset = text.indexOf(shown)
  return offset >= 0 && offset === text.lastIndexOf(shown) ? offset + 10 : null
}

/** Throws IMPORT_REFUSED with line and column. */
export function readJson(file: string, text: string): unknown {
  scan(file, text)
  try {
    return JSON.parse(text)
  } catch (cause) {
    const offset = offsetOf(text, (cause as Error).message)
    throw refuse({
      file,
      ...(offset === null ? {} : { place: lineOf(text, offset) }),
      what: 'this is not valid JSON',
      remedy: 'Repair it there, or download the file again.',
      cause,
    })
  }
}
