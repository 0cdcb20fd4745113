/** Exchanges a person has marked, to compare or to delete them together. */
import { create } from 'zustand'

export const useMarks = create<{ marked: ReadonlySet<string> }>(() => ({ marked: new Set() }))

export function toggleMark(id: string): void {
  useMarks.setState(({ marked }) => {
    const next = new Set(marked)
    if (!next.delete(id)) next.add(id)
    return { marked: next }
  })
}

export const markAll = (ids: Iterable<string>): void => useMarks.setState({ marked: new Set(ids) })

export const unmark = (ids: ReadonlySet<string>): void =>
  useMarks.setState(({ marked }) => ({ marked: new Set([...marked].filter((id) => !ids.has(id))) }))
