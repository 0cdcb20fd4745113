/** Replaces one value in a YAML text and leaves every other character as it was written. */
import { isNode, parseDocument, stringify } from 'yaml'

/** The value as YAML whose later lines stand as deep as its first. */
function block(value: unknown, column: number): string {
  return stringify(value, { lineWidth: 0 })
    .trimEnd()
    .replaceAll('\n', `\n${' '.repeat(column)}`)
}

/** A text as one word of YAML that means the same everywhere, inside a flow list too. */
const word = (text: string): string =>
  /^[A-Za-z0-9][\w ./@-]*$/.test(text) && stringify(text).trimEnd() === text ? text : JSON.stringify(text)

const isCollection = (value: unknown): boolean => typeof value === 'object' && value !== null

/**
 * @param path keys and indices; a key of the top level may be new, everything else has to be there.
 * @returns the new text. Throws RangeError where there is nothing at the path.
 */
export function spliceYaml(text: string, path: readonly (string | number)[], value: unknown): string {
  const node: unknown = parseDocument(text).getIn(path, true)
  if (!isNode(node) || !node.range) {
    if (path.length !== 1) throw new RangeError(`There is nothing at ${path.join('.')}.`)
    return `${text.trimEnd()}\n${stringify({ [path[0]!]: value }, { lineWidth: 0 })}`
  }
  const [start, valueEnd] = node.range
  const before = text.slice(0, start)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const old = text.slice(start, valueEnd)
  const tail = old.slice(old.trimEnd().length)
  // Behind a key on its own line a list or an object can only go on in one line.
  const inline = !/^[ -]*$/.test(line)
  const fresh =
    typeof value === 'string'
      ? word(value)
      : inline && isCollection(value)
        ? JSON.stringify(value)
        : block(value, line.length)
  return before + fresh + tail + text.slice(valueEnd)
}
