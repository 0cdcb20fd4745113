/** Puts the focus of a dialog where the work begins, not on whatever control happens to stand first. */
import { type RefObject, useEffect, useRef } from 'react'

/**
 * Marks with `data-first-focus` what gets the focus. React's own autoFocus is too early:
 * a <dialog> moves the focus once more when it opens, and the caller's effect runs after that.
 */
export function useFirstFocus<Container extends HTMLElement>(): RefObject<Container | null> {
  const container = useRef<Container>(null)
  useEffect(() => container.current?.querySelector<HTMLElement>('[data-first-focus]')?.focus(), [])
  return container
}
