/** Ctrl/Cmd+Enter sends the open request from wherever the focus is in the view. */
import { useEffect, useRef } from 'react'

export function useSendShortcut(send: () => void): void {
  const latest = useRef(send)
  latest.current = send
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      // What lies over the view has the keyboard to itself.
      if (document.querySelector('dialog[open]') !== null) return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    // Before the editor, which would take it for a line break.
    document.addEventListener('keydown', press, true)
    return () => document.removeEventListener('keydown', press, true)
  }, [])
}
