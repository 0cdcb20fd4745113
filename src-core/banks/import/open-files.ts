/** The files of an import as trees: each is read once, and only when something refers to it. */
import type { ImportFiles } from './bundle-references.ts'
import type { Budget, JsonTree } from './json-tree.ts'
import { type ImportFile, readDocument } from './read-document.ts'
import { within } from './resolve-reference.ts'

/** Paths come from whoever picked the files: they are names here, and are never opened. */
const cleanPath = (path: string): string => within('', path.replaceAll('\\', '/')) ?? path

export function openFiles(files: readonly ImportFile[], main: string, budget: Budget): ImportFiles {
  const byPath = new Map(files.map((file) => [cleanPath(file.path), file]))
  const trees = new Map<string, JsonTree>()
  return {
    main: cleanPath(main),
    tree(path) {
      const known = trees.get(path)
      if (known !== undefined) return known
      const file = byPath.get(path)
      if (file === undefined) return undefined
      const tree = readDocument({ path, text: file.text }, budget)
      trees.set(path, tree)
      return tree
    },
  }
}
