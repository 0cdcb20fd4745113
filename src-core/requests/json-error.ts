/** Finds where text stops being JSON (RFC 8259): the engine's own messages name the place only now and then. */

const blank = /[ \t\n\r]*/y
// JSON forbids the control characters below U+0020 in a string; DEL and the C1 block are allowed.
const string = String.raw`"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`
const number = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`
const scalar = new RegExp(`${string}|${number}|true|false|null`, 'uy')
const key = new RegExp(string, 'uy')

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end'

/** Offset of the first token that does not belong there; the length of the text where something is missing at its end. */
export function jsonErrorOffset(text: string): number {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = 0
  const take = (expression: RegExp): boolean => {
    expression.lastIndex = at
    if (!expression.test(text)) return false
    at = expression.lastIndex
    return true
  }
  for (;;) {
    take(blank)
    const next = text[at]
    if (next === undefined) return at
    if (expected === 'comma or end') {
      const inside = open.at(-1)
      if (inside === undefined) return at
      if (next === ',') expected = inside === '{' ? 'key' : 'value'
      else if (next === (inside === '{' ? '}' : ']')) open.pop()
      else return at
      at += 1
    } else if (expected === 'colon') {
      if (next !== ':') return at
      at += 1
      expected = 'value'
    } else if ((expected === 'key or }' && next === '}') || (expected === 'value or ]' && next === ']')) {
      open.pop()
      at += 1
      expected = 'comma or end'
    } else if (expected === 'key' || expected === 'key or }') {
      if (!take(key)) return at
      expected = 'colon'
    } else if (next === '{' || next === '[') {
      open.push(next)
      at += 1
      expected = next === '{' ? 'key or }' : 'value or ]'
    } else if (take(scalar)) expected = 'comma or end'
    else return at
  }
}
