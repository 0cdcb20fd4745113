/** JSON text with one member per line, made from the text itself: no number is rounded, no member lost, no whole value built. */

const token = /"(?:[^"\\]|\\[\s\S])*"?|[{}[\],:]|[^\s"{}[\],:]+/g

/** Lines of two-space indented JSON, one at a time, so that a reader of a huge text can stop or pause anywhere. */
export function* prettyLines(text: string): Generator<string> {
  let line = ''
  let depth = 0
  let previous = ''
  const indent = () => '  '.repeat(Math.max(depth, 0))
  for (const [part] of text.matchAll(token)) {
    if (part === '}' || part === ']') {
      depth -= 1
      if (previous === '{' || previous === '[') line += part
      else {
        yield line
        line = indent() + part
      }
    } else {
      if (previous === '{' || previous === '[' || previous === ',') {
        yield line
        line = indent()
      }
      line += part === ':' ? ': ' : part
      if (part === '{' || part === '[') depth += 1
    }
    previous = part
  }
  if (line !== '') yield line
}
