/** Where the keyboard goes on after an entry of a list came or went: into the new one, or to the one that took its place. */
import { useEffect, useRef } from 'react'

/** @param count entries there are now; each is a child marked `data-entry` with a button `data-remove`, and `data-add` adds one */
export function useEntryFocus(count: number) {
  const list = useRef<HTMLFieldSetElement>(null)
  const wanted = useRef<{ readonly entry: number; readonly part: string } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the entry is in the document's tree once the count has changed
  useEffect(() => {
    if (wanted.current === null) return
    const { entry, part } = wanted.current
    wanted.current = null
    const entries = list.current?.querySelectorAll(':scope > [data-entry]')
    const place = entries?.[Math.min(entry, (entries.length || 1) - 1)]
    const target = place?.querySelector<HTMLElement>(part) ?? list.current?.querySelector<HTMLElement>('[data-add]')
    target?.focus()
  }, [count])
  return {
    list,
    added: () => {
      wanted.current = { entry: count, part: 'input, select, textarea' }
    },
    removed: (entry: number) => {
      wanted.current = { entry, part: ':scope > [data-remove]' }
    },
  }
}
