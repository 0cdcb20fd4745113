/** What is wrong with the body, marked where it stands: the first place that is no JSON, and what the engine's check found. */
import { syntaxTree } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import type { EditorView } from 'codemirror'
import type { BodyProblem } from './check-draft.ts'
import { rangeOf } from './json-place.ts'

/** By the editor's own tree: browsers name the place in their messages only now and then. */
function firstError(view: EditorView): Diagnostic[] {
  const { doc } = view.state
  const found: Diagnostic[] = []
  syntaxTree(view.state).iterate({
    enter: ({ type, from, to }) => {
      if (found.length > 0) return false
      if (type.isError)
        found.push({
          from,
          to: Math.max(to, Math.min(from + 1, doc.length)),
          severity: 'error',
          message: `Line ${doc.lineAt(from).number}: not valid JSON from here.`,
        })
      return true
    },
  })
  return found
}

/** Marks as many as anyone reads. */
const most = 200

export function jsonDiagnostics(view: EditorView, problems: readonly BodyProblem[]): Diagnostic[] {
  const { doc } = view.state
  if (doc.length < 1000 && doc.toString().trim() === '') return []
  const syntax = firstError(view)
  if (syntax.length > 0) return syntax
  return problems.slice(0, most).map(({ pointer, message }) => ({
    ...rangeOf(pointer, view.state),
    severity: 'error' as const,
    message: `${pointer || 'The body'} ${message}.`,
  }))
}
