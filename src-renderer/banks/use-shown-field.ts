/** Brings the field into sight that somebody asked to be led to, and gives it the focus. */
import { type RefObject, useEffect, useRef } from 'react'
import { fieldShown, useSoughtField } from './banks-view.ts'

/** Frames in which what hides the field opens, and what it is listed in is loaded. */
const patience = 60

/** The field, or the nearest thing around it that is there: `signing` for `signing.algorithms`. */
function find(root: Element, field: string): HTMLElement | null {
  const parts = field.split('.')
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.')
    const found = root.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`)
    if (found !== null) return found
  }
  return null
}

export function useShownField<Root extends HTMLElement>(): RefObject<Root | null> {
  const root = useRef<Root>(null)
  const { field, shown } = useSoughtField()
  useEffect(() => {
    if (field === null || shown) return
    let frame = 0
    const look = (left: number) => {
      const input = root.current && find(root.current, field)?.querySelector<HTMLElement>('input, select, textarea')
      if (!input && left > 0) {
        frame = requestAnimationFrame(() => look(left - 1))
        return
      }
      fieldShown()
      input?.scrollIntoView({ block: 'center' })
      input?.focus({ preventScroll: true })
    }
    look(patience)
    return () => cancelAnimationFrame(frame)
  }, [field, shown])
  return root
}
