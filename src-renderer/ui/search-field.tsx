/** The search of a view: `/` goes to it, Escape empties it, arrow keys choose in the list below without leaving it. */
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { inputClass } from './field.tsx'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

export function SearchField({
  label,
  value,
  onChange,
  onKeyDown,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const held = event.ctrlKey || event.metaKey || event.altKey
      if (event.key !== '/' || held || isTyping(event.target) || document.querySelector('dialog[open]')) return
      event.preventDefault()
      input.current?.select()
      input.current?.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <input
      ref={input}
      type="search"
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={`${label}  ( / )`}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value !== '') {
          event.preventDefault()
          onChange('')
        } else onKeyDown?.(event)
      }}
      className={`${inputClass} min-w-52 max-w-72 flex-1`}
    />
  )
}
