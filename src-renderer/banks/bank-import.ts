/** A bank being added: its files, what an import would make of them, and the answers to it; it goes on while other views are shown. */
import { create } from 'zustand'
import type { ViewName } from '#shared/bank-profile.ts'
import type { ImportPreview } from '#shared/contract/bank-import.ts'
import type { BankView } from '#shared/contract/banks.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { banks } from '../live-data.ts'
import { type ImportText, mainCandidates } from './read-import-files.ts'

export interface ImportAnswers {
  readonly id: string
  readonly name: string
  readonly country: string
  /** Where the preview's suggestion is not right. */
  readonly views: Readonly<Record<string, ViewName | null>>
  readonly replace: boolean
}

export interface BankImport {
  readonly files: readonly ImportText[]
  readonly main: string | null
  readonly running: 'preview' | 'import' | null
  /** Milliseconds since 1970 of the work that runs. */
  readonly since: number
  readonly cancelled: boolean
  readonly preview: ImportPreview | null
  readonly answers: ImportAnswers
  readonly fault: Fault | null
  /** What could not even be read. */
  readonly problem: string | null
}

const noAnswers: ImportAnswers = { id: '', name: '', country: '', views: {}, replace: false }
const nothing: BankImport = {
  files: [],
  main: null,
  running: null,
  since: 0,
  cancelled: false,
  preview: null,
  answers: noAnswers,
  fault: null,
  problem: null,
}

export const useBankImport = create<BankImport>(() => nothing)
const set = useBankImport.setState

let work: AbortController | null = null

/** Runs one piece of work at a time; what was cancelled or replaced says nothing any more. */
async function run<Value>(
  running: 'preview' | 'import',
  start: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | null> {
  work?.abort()
  const mine = new AbortController()
  work = mine
  set({ running, since: Date.now(), cancelled: false, fault: null, problem: null })
  try {
    const value = await start(mine.signal)
    if (work !== mine) return null
    set({ running: null })
    return value
  } catch (fault) {
    if (work === mine) set({ running: null, fault: fault as Fault })
    return null
  }
}

async function look(): Promise<void> {
  const { files, main } = useBankImport.getState()
  if (main === null) return
  set({ preview: null })
  const input = { files: files.map(({ path, text }) => ({ path, text })), main }
  const preview = await run('preview', (signal) => api.banks.previewImport(input, { signal }))
  if (preview === null) return
  const { suggestedId: id, suggestedName: name, suggestedCountry: country } = preview
  set({ preview, answers: { ...noAnswers, id, name, country } })
}

export function addImportFiles(added: readonly ImportText[]): void {
  const known = useBankImport.getState().files
  const files = [...known.filter(({ path }) => !added.some((each) => each.path === path)), ...added]
  const { main } = useBankImport.getState()
  const candidates = mainCandidates(files)
  set({ files, main: main !== null && candidates.includes(main) ? main : (candidates[0] ?? null) })
  void look()
}

export function chooseMain(main: string): void {
  set({ main })
  void look()
}

export const previewAgain = (): void => void look()
export const refuseFiles = (problem: string): void => set({ problem })
export const answer = (answers: Partial<ImportAnswers>): void =>
  set((state) => ({ answers: { ...state.answers, ...answers }, fault: null }))

export function cancelImport(): void {
  work?.abort()
  work = null
  set({ running: null, cancelled: true })
}

export function startOver(): void {
  work?.abort()
  work = null
  set(nothing)
}

/** Makes the bank; null when it failed or was cancelled. */
export async function importBank(): Promise<BankView | null> {
  const { files, main, answers } = useBankImport.getState()
  if (main === null) return null
  const { id, name, country, views, replace } = answers
  const input = {
    files: files.map(({ path, text }) => ({ path, text })),
    main,
    id: id.trim(),
    name: name.trim(),
    country: country.trim(),
    views,
    replace,
  }
  const bank = await run('import', (signal) => api.banks.import(input, { signal }))
  if (bank === null) return null
  await banks.refresh()
  set(nothing)
  return bank
}
