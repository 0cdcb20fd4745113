/** JSON with colours and folding; completion, documentation and marks for what is wrong come from the operation's schema. */

import { json, jsonLanguage } from '@codemirror/lang-json'
import { forceLinting, linter } from '@codemirror/lint'
import { Annotation, StateEffect } from '@codemirror/state'
import { basicSetup, EditorView } from 'codemirror'
import { type RefObject, useEffect, useRef } from 'react'
import type { BodyProblem } from './check-draft.ts'
import { schemaDocumentation } from './documentation-tooltip.ts'
import { jsonDiagnostics } from './json-diagnostics.ts'
import { jsonEditorTheme } from './json-editor-theme.ts'
import { rangesOf } from './json-place.ts'
import { schemaCompletion } from './schema-completion.ts'
import type { Schema } from './schema-walk.ts'
import { forgetTyping, takeOverSoon, takeOverTyping } from './take-over-typing.ts'
import { wholeTree } from './whole-tree.ts'

/** Keys typed here are text: a single-key shortcut of the window must not take them. */
function keepTyping(event: KeyboardEvent): void {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation()
}

export interface JsonEditorProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly schema: Schema
  /** Of the text as the engine saw it last. */
  readonly problems: readonly BodyProblem[]
  /** A place the cursor shall go to; another object each time it is asked for. */
  readonly sought: { readonly pointer: string } | null
  /** True when a field that was typed in stood here until now. */
  readonly takesFocus: RefObject<boolean>
}

/** Characters up to which the whole text is taken over with every key; it is a copy of all of it. */
const short = 50_000

/** Put there by the draft itself: nobody typed it. */
const fromDraft = Annotation.define<boolean>()

/** The marks are drawn anew although the text is the same. */
const newProblems = StateEffect.define()

export function JsonEditor({ value, onChange, schema, problems, sought, takesFocus }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  // `value` is the text the draft and the editor had in common last.
  const latest = useRef({ value, onChange, problems })
  latest.current.onChange = onChange
  latest.current.problems = problems
  useEffect(() => {
    const element = host.current
    if (element === null) return
    // In a shadow root the editor's styles are a constructed sheet; in the page they would be a <style> the policy refuses.
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const take = () => {
      latest.current.value = editor.state.doc.toString()
      latest.current.onChange(latest.current.value)
    }
    const editor = new EditorView({
      doc: latest.current.value,
      root,
      parent: root,
      extensions: [
        schemaDocumentation(schema),
        basicSetup,
        json(),
        jsonLanguage.data.of({ autocomplete: schemaCompletion(schema) }),
        linter((editorView) => jsonDiagnostics(editorView, () => latest.current.problems), {
          needsRefresh: ({ transactions }) =>
            transactions.some(({ effects }) => effects.some((effect) => effect.is(newProblems))),
        }),
        jsonEditorTheme,
        EditorView.contentAttributes.of({ 'aria-label': 'Body', tabindex: '0' }),
        EditorView.domEventHandlers({ blur: () => takeOverTyping(take) }),
        EditorView.updateListener.of(({ docChanged, transactions, state }) => {
          if (!docChanged) return
          if (transactions.some((each) => each.annotation(fromDraft) === true)) forgetTyping(take)
          else if (state.doc.length > short) takeOverSoon(take)
          else {
            forgetTyping(take)
            take()
          }
        }),
      ],
    })
    view.current = editor
    if (takesFocus.current) {
      takesFocus.current = false
      editor.dispatch({ selection: { anchor: editor.state.doc.length } })
      editor.focus()
    }
    element.addEventListener('keydown', keepTyping)
    return () => {
      element.removeEventListener('keydown', keepTyping)
      takeOverTyping(take)
      editor.destroy()
      view.current = null
    }
  }, [schema, takesFocus])
  useEffect(() => {
    const editor = view.current
    if (editor === null || latest.current.value === value) return
    latest.current.value = value
    const changes = { from: 0, to: editor.state.doc.length, insert: value }
    editor.dispatch({ changes, annotations: fromDraft.of(true) })
  }, [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the linter reads the newest problems itself
  useEffect(() => {
    view.current?.dispatch({ effects: newProblems.of(null) })
    if (view.current !== null) forceLinting(view.current)
  }, [problems])
  useEffect(() => {
    const editor = view.current
    if (editor === null || sought === null) return
    void wholeTree(editor).then((tree) => {
      if (tree === null || view.current !== editor) return
      const { from, to } = rangesOf(editor.state, tree)(sought.pointer)
      editor.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true })
      editor.focus()
    })
  }, [sought])
  return (
    <div
      ref={host}
      className="min-h-24 min-w-0 flex-1 overflow-hidden border-2 border-transparent focus-within:border-accent"
    />
  )
}
