/** What is wrong with the body, marked where it stands: the first place that is no JSON, and what the engine's check found. */

import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Tree } from '@lezer/common'
import { isJson } from '#shared/is-json.ts'
import type { BodyProblem } from './check-draft.ts'
import { type Range, rangesOf } from './json-place.ts'
import { type Editing, inPieces, wholeTree } from './whole-tree.ts'

/** Nodes looked at in one step. */
const stretch = 200

/** By the tree: browsers name the place in their messages only now and then. */
async function firstError(view: Editing, tree: Tree, doc: Text): Promise<Diagnostic | null> {
  const cursor = tree.cursor()
  const place = await inPieces<Range | 'nowhere'>(view, () => {
    for (let seen = 0; seen < stretch; seen += 1) {
      if (cursor.type.isError) return { from: cursor.from, to: cursor.to }
      // The grammar is more lenient than JSON.parse, as with a character a string may not hold: the engine's sentence has to do.
      if (!cursor.next()) return 'nowhere'
    }
    return undefined
  })
  if (place === null || place === 'nowhere') return null
  const { from, to } = place
  return {
    from,
    to: Math.max(to, Math.min(from + 1, doc.length)),
    severity: 'error',
    message: `Line ${doc.lineAt(from).number}: not valid JSON from here.`,
  }
}

/** Marks as many as anyone reads. */
const most = 200

/** `problems` gives those of the text as the engine saw it last. Of a text that changed meanwhile nothing is said. */
export async function jsonDiagnostics(
  view: Editing,
  problems: () => readonly BodyProblem[],
): Promise<readonly Diagnostic[]> {
  const { state } = view
  const text = state.doc.toString()
  if (text.length < 1000 && text.trim() === '') return []
  const valid = isJson(text)
  if (valid && problems().length === 0) return []
  const tree = await wholeTree(view)
  if (tree === null) return []
  if (!valid) {
    const error = await firstError(view, tree, state.doc)
    return error === null ? [] : [error]
  }
  const rangeOf = rangesOf(state, tree)
  return problems()
    .slice(0, most)
    .map(({ pointer, message }) => ({
      ...rangeOf(pointer),
      severity: 'error' as const,
      message: `${pointer || 'The body'} ${message}.`,
    }))
}
