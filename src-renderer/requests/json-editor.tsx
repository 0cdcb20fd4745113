/** JSON with colours and folding; completion, documentation and marks for what is wrong come from the operation's schema. */

import { json, jsonLanguage } from '@codemirror/lang-json'
import { forceLinting, linter } from '@codemirror/lint'
import { StateEffect } from '@codemirror/state'
import { basicSetup, EditorView } from 'codemirror'
import { type RefObject, useEffect, useRef } from 'react'
import type { BodyProblem } from './check-draft.ts'
import { schemaDocumentation } from './documentation-tooltip.ts'
import { jsonDiagnostics } from './json-diagnostics.ts'
import { jsonEditorTheme } from './json-editor-theme.ts'
import { rangeOf } from './json-place.ts'
import { schemaCompletion } from './schema-completion.ts'
import type { Schema } from './schema-walk.ts'

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

/** The marks are drawn anew although the text is the same. */
const newProblems = StateEffect.define()

export function JsonEditor({ value, onChange, schema, problems, sought, takesFocus }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef({ value, onChange, problems })
  latest.current = { value, onChange, problems }
  useEffect(() => {
    const element = host.current
    if (element === null) return
    // In a shadow root the editor's styles are a constructed sheet; in the page they would be a <style> the policy refuses.
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const editor = new EditorView({
      doc: latest.current.value,
      root,
      parent: root,
      extensions: [
        schemaDocumentation(schema),
        basicSetup,
        json(),
        jsonLanguage.data.of({ autocomplete: schemaCompletion(schema) }),
        linter((editorView) => jsonDiagnostics(editorView, latest.current.problems), {
          needsRefresh: ({ transactions }) =>
            transactions.some(({ effects }) => effects.some((effect) => effect.is(newProblems))),
        }),
        jsonEditorTheme,
        EditorView.contentAttributes.of({ 'aria-label': 'Body', tabindex: '0' }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (!docChanged) return
          const text = state.doc.toString()
          // Put there by the draft itself: nobody typed it.
          if (text === latest.current.value) return
          latest.current.value = text
          latest.current.onChange(text)
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
      editor.destroy()
      view.current = null
    }
  }, [schema, takesFocus])
  useEffect(() => {
    const editor = view.current
    const now = editor?.state.doc.toString()
    if (editor !== null && now !== value) editor.dispatch({ changes: { from: 0, to: now?.length ?? 0, insert: value } })
  }, [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the linter reads the newest problems itself
  useEffect(() => {
    view.current?.dispatch({ effects: newProblems.of(null) })
    if (view.current !== null) forceLinting(view.current)
  }, [problems])
  useEffect(() => {
    const editor = view.current
    if (editor === null || sought === null) return
    const { from, to } = rangeOf(sought.pointer, editor.state)
    editor.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true })
    editor.focus()
  }, [sought])
  return (
    <div
      ref={host}
      className="min-h-24 min-w-0 flex-1 overflow-hidden border-2 border-transparent focus-within:border-accent"
    />
  )
}
