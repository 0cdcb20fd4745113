/** JSON with colours, folding, marks where it stops being JSON, and completion from the operation's schema. */

import { json, jsonLanguage } from '@codemirror/lang-json'
import { HighlightStyle, syntaxHighlighting, syntaxTree } from '@codemirror/language'
import { type Diagnostic, linter } from '@codemirror/lint'
import { tags } from '@lezer/highlight'
import { basicSetup, EditorView } from 'codemirror'
import { useEffect, useRef } from 'react'
import { type Schema, schemaCompletion } from './schema-completion.ts'

const mono =
  'var(--default-mono-font-family, ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace)'

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--ink)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: mono, lineHeight: '20px' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--muted)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--raised) 50%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--raised)', outline: '1px solid var(--line-strong)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--raised)', border: 'none', color: 'var(--muted)' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--line)' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: mono },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--ink)' },
  '.cm-completionIcon': { display: 'none' },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--ink)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
})

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--good)' },
  { tag: tags.punctuation, color: 'var(--muted)' },
  { tag: tags.invalid, color: 'var(--bad)' },
])

/** The first place that is no JSON, by the editor's own tree: browsers name it in their messages only now and then. */
function firstError(view: EditorView): Diagnostic[] {
  const { doc } = view.state
  if (doc.toString().trim() === '') return []
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

/** Keys typed here are text: a single-key shortcut of the window must not take them. */
function keepTyping(event: KeyboardEvent): void {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation()
}

export function JsonEditor({
  value,
  onChange,
  schema,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly schema: Schema
}) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
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
        basicSetup,
        json(),
        jsonLanguage.data.of({ autocomplete: schemaCompletion(schema) }),
        linter(firstError),
        theme,
        syntaxHighlighting(colours),
        EditorView.contentAttributes.of({ 'aria-label': 'Body', tabindex: '0' }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (!docChanged) return
          latest.current.value = state.doc.toString()
          latest.current.onChange(latest.current.value)
        }),
      ],
    })
    view.current = editor
    element.addEventListener('keydown', keepTyping)
    return () => {
      element.removeEventListener('keydown', keepTyping)
      editor.destroy()
      view.current = null
    }
  }, [schema])
  useEffect(() => {
    const editor = view.current
    const now = editor?.state.doc.toString()
    if (editor !== null && now !== value) editor.dispatch({ changes: { from: 0, to: now?.length ?? 0, insert: value } })
  }, [value])
  return (
    <div
      ref={host}
      className="min-h-24 min-w-0 flex-1 overflow-hidden border-2 border-transparent focus-within:border-accent"
    />
  )
}
