/** Makes JSON of the beginning of a JSON text, so that what stands first in a long answer can be read. */

/** A string, which may be cut off, or one of the marks that make structure. */
const token = /"(?:[^"\\]|\\.)*(?:"|\\?$)|[[\]{},]/gsu

/**
 * Keeps whole members and elements and closes what is open then. Text that is no JSON stays none.
 * @param text cut off anywhere
 */
export function closeJson(text: string): string {
  const open: ('{' | '[')[] = []
  let end = 0
  let closing = ''
  const close = () => [...open].reverse().map((each) => (each === '{' ? '}' : ']'))
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found === '{' || found === '[') {
      open.push(found)
      end = index + 1
    } else if (found === ',') {
      // What stands before a comma is whole.
      end = index
    } else if (found === '}' || found === ']') {
      open.pop()
      end = index + 1
    } else continue
    // Deep nesting would make this long work; the errors of banks are shallow.
    if (open.length <= 20) closing = close().join('')
    else return text
  }
  return text.slice(0, end) + closing
}
