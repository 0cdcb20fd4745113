/** What each payment on screen was asked for, read once from history, one after the other. */
import { useEffect } from 'react'
import { create } from 'zustand'
import type { Remembered } from '#shared/contract/followed.ts'
import { api } from '../api.ts'
import { documentOf } from '../forms/body-editor.tsx'
import { askedFor } from './asked-for.ts'

/** By exchange: words, or null where history has none. What is not there was not looked up yet. */
const useWords = create<ReadonlyMap<string, string | null>>(() => new Map())
/** The rest is told apart by its id: nobody reads so far down. */
const most = 200

/** undefined where it cannot be read now, as behind a closed key store. */
async function wordsOf(exchange: string): Promise<string | null | undefined> {
  try {
    const { request } = await api.history.show({ id: exchange })
    const document = documentOf(request.body ?? '')
    return document === null ? undefined : askedFor(document)
  } catch {
    return undefined
  }
}

const waiting = new Set<string>()
let reading = false

/** One reader for all lists. */
async function read(exchanges: readonly string[]): Promise<void> {
  for (const exchange of exchanges) waiting.add(exchange)
  if (reading) return
  reading = true
  for (const exchange of waiting) {
    waiting.delete(exchange)
    if (useWords.getState().has(exchange)) continue
    const words = await wordsOf(exchange)
    if (words !== undefined) useWords.setState((known) => new Map(known).set(exchange, words), true)
  }
  reading = false
}

/** @param things newest first */
export function useAskedFor(things: readonly Remembered[]): (thing: Remembered) => string | null {
  const words = useWords()
  const missing = things
    .slice(0, most)
    .map(({ exchange }) => exchange)
    .filter((exchange) => !words.has(exchange))
    .join(' ')
  useEffect(() => {
    if (missing !== '') void read(missing.split(' '))
  }, [missing])
  return ({ exchange }) => words.get(exchange) ?? null
}
