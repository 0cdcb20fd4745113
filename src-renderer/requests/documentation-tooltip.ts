/** The schema's words about a place of the JSON text: under the mouse, and at the cursor by a key, where they are also spoken. */
import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view'
import { placeAt } from './json-place.ts'
import { documentationAt, documentationText, type PlaceDocumentation } from './schema-documentation.ts'
import type { Schema } from './schema-walk.ts'

/** As CodeMirror writes keys. */
const key = 'Mod-Shift-Space'

function paragraph(text: string, className: string): HTMLParagraphElement {
  const element = document.createElement('p')
  element.textContent = text
  element.className = className
  return element
}

function render({ name, type, required, description, limits, values, example }: PlaceDocumentation): HTMLElement {
  const box = document.createElement('div')
  box.className = 'cm-documentation'
  box.append(paragraph(`${name}  ${type}${required ? ' · required' : ''}`, 'wire'))
  if (description !== '') box.append(paragraph(description.replaceAll('`', ''), ''))
  if (limits.length > 0) box.append(paragraph(limits.join(' · '), 'muted wire'))
  if (values.length > 0) box.append(paragraph(`one of ${values.join(', ')}`, 'muted wire'))
  if (example !== null) box.append(paragraph(`e.g. ${example}`, 'muted wire'))
  return box
}

interface Found {
  readonly tooltip: Tooltip
  readonly text: string
}

function find(view: EditorView, offset: number, root: Schema): Found | null {
  const place = placeAt(view.state, offset)
  const documentation = place === null ? null : documentationAt(place.path, root)
  if (place === null || documentation === null) return null
  return {
    tooltip: { pos: place.from, end: place.to, above: true, create: () => ({ dom: render(documentation) }) },
    text: documentationText(documentation),
  }
}

const showAt = StateEffect.define<Tooltip | null>()

/** One tooltip, until the text or the cursor is another. */
const shownTooltip = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(showAt)) return effect.value
    return transaction.docChanged || transaction.selection !== undefined ? null : tooltip
  },
  provide: (field) => showTooltip.from(field),
})

export function schemaDocumentation(root: Schema): Extension {
  const show = (view: EditorView): boolean => {
    const found = find(view, view.state.selection.main.head, root)
    const spoken = found?.text ?? 'The schema says nothing about this place.'
    view.dispatch({ effects: [showAt.of(found?.tooltip ?? null), EditorView.announce.of(spoken)] })
    return true
  }
  const hide = (view: EditorView): boolean => {
    if (view.state.field(shownTooltip) === null) return false
    view.dispatch({ effects: showAt.of(null) })
    return true
  }
  return [
    shownTooltip,
    hoverTooltip((view, offset) => find(view, offset, root)?.tooltip ?? null),
    keymap.of([
      { key, run: show },
      { key: 'Escape', run: hide },
    ]),
  ]
}
