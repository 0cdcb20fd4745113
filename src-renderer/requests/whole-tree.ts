/** The syntax tree of a whole JSON text: the editor itself reads a large one only as far as it shows it. */

import { jsonLanguage } from '@codemirror/lang-json'
import { DocInput, syntaxTree, syntaxTreeAvailable } from '@codemirror/language'
import type { EditorState, Text } from '@codemirror/state'
import type { Tree } from '@lezer/common'

/** As much of an editor as is needed: the state it is in now. */
export interface Editing {
  readonly state: EditorState
}

/** Milliseconds of the window's time taken at once; a key that comes meanwhile waits no longer than this. */
const slice = 4

/** Steps of the parser between two looks at the clock, which cost as much as a step. */
const stretch = 100

const breath = () => new Promise<void>((resolve) => setTimeout(resolve))

/**
 * Works in small pieces, with room for a key in between. `step` does a little and gives the result when there is one, undefined
 * until then. null when the text became another meanwhile.
 */
export async function inPieces<Result>(view: Editing, step: () => Result | undefined): Promise<Result | null> {
  const { doc } = view.state
  let until = performance.now() + slice
  for (;;) {
    const result = step()
    if (result !== undefined) return result
    if (performance.now() < until) continue
    await breath()
    if (view.state.doc !== doc) return null
    until = performance.now() + slice
  }
}

const trees = new WeakMap<Text, Tree>()

/** Read beside the editor, whose own tree would otherwise be kept up to its end with every key. null when the text became another meanwhile. */
export async function wholeTree(view: Editing): Promise<Tree | null> {
  const { state } = view
  const known = syntaxTreeAvailable(state) ? syntaxTree(state) : trees.get(state.doc)
  if (known !== undefined) return known
  const parse = jsonLanguage.parser.startParse(new DocInput(state.doc))
  const tree = await inPieces(view, () => {
    for (let step = 0; step < stretch; step += 1) {
      const whole = parse.advance()
      if (whole !== null) return whole
    }
    return undefined
  })
  if (tree !== null) trees.set(state.doc, tree)
  return tree
}
