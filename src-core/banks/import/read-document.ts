/** Turns the text of one file into a tree, or refuses it: encoding, size, syntax. */
import { isJson } from '#shared/is-json.ts'
import { lineOf, refuse } from './import-limits.ts'
import { type Budget, type JsonTree, toTree } from './json-tree.ts'
import { readJson } from './read-json.ts'
import { readYaml } from './read-yaml.ts'
import { refuseForeignText } from './recognise-format.ts'

export interface ImportFile {
  /** Relative, with forward slashes. */
  readonly path: string
  readonly text: string
}

const replacement = '\uFFFD'

/** Whoever read the bytes put the replacement character where they were no UTF-8. */
function refuseDamagedText(file: string, text: string): void {
  const damaged = text.indexOf(replacement)
  if (damaged >= 0) {
    throw refuse({
      file,
      place: lineOf(text, damaged),
      what: 'this is not valid UTF-8',
      remedy: 'Save the file as UTF-8 and try again.',
    })
  }
}

/** Throws IMPORT_REFUSED. A byte order mark at the start is taken off. */
export function readDocument({ path, text: given }: ImportFile, budget: Budget): JsonTree {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given
  refuseForeignText(path, text)
  refuseDamagedText(path, text)
  // YAML's flow style looks like JSON at its first character: what JSON does not take is read as YAML.
  const asJson = /\.json$/i.test(path) || (/^\s*[{[]/.test(text) && isJson(text))
  return toTree(path, asJson ? readJson(path, text) : readYaml(path, text), budget)
}
