/** Which call of a book was made last: it stands below what it brought. */
import { create } from 'zustand'

const useNames = create<Readonly<Record<string, string>>>(() => ({}))

/** Name of the sending; null before the first. */
export const useLatestCall = (book: string): string | null => useNames()[book] ?? null

export const noteLatestCall = (book: string, name: string): void => useNames.setState({ [book]: name })
