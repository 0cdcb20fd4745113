/** Text as lines a browser can draw: long ones are cut into pieces, and a reader can stop anywhere. */

/** Characters of one drawn line; a minified body is one line of megabytes. */
const longest = 2000

export function* pieces(lines: Iterable<string>): Generator<string> {
  for (const line of lines) {
    if (line.length <= longest) yield line
    else for (let at = 0; at < line.length; at += longest) yield line.slice(at, at + longest)
  }
}

export function* rawLines(text: string): Generator<string> {
  let from = 0
  for (;;) {
    const end = text.indexOf('\n', from)
    if (end < 0) break
    yield text.slice(from, text[end - 1] === '\r' && end > from ? end - 1 : end)
    from = end + 1
  }
  yield text.slice(from)
}
