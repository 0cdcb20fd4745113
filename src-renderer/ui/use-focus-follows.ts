/** Moves the focus on when the control that had it has gone, so that a keyboard need not start anew. */
import { type RefObject, useEffect, useRef } from 'react'

const isLost = (active: Element | null): boolean =>
  active === null || active === document.body || !active.checkVisibility() || active.matches(':disabled')

/** Nobody's focus is taken who had not come here: a control of this part, or a dialog that has closed since, had it last. */
const wasHere = (root: Element | null, last: Element | null): boolean =>
  last !== null && (!last.isConnected || root?.contains(last) === true)

/** @param place what is shown; when it changes and the focus was lost, the first match of the selector gets it. */
export function useFocusFollows<Root extends HTMLElement>(place: string, selector: string): RefObject<Root | null> {
  const root = useRef<Root>(null)
  const before = useRef(place)
  const last = useRef<Element | null>(null)
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof Element) last.current = target
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])
  useEffect(() => {
    if (before.current === place) return
    before.current = place
    if (isLost(document.activeElement) && wasHere(root.current, last.current))
      root.current?.querySelector<HTMLElement>(selector)?.focus()
  })
  return root
}
