/** The report that is open: its text in memory alone, never kept across a reload, and what came of it. */
import { create } from 'zustand'
import type { OpenedReport } from '#shared/contract/reports.ts'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { choose, useApp } from '../app-state.ts'
import { openOperation } from '../open.ts'

/** What a person chose where the report does not decide it. */
export interface ReportChoice {
  readonly entry?: number
  readonly bank?: string
  readonly operation?: string
  /** Environment of the draft. */
  readonly into?: string
}

interface ReportView {
  /** null: none is open. */
  readonly source: { readonly text: string; readonly name: string | null } | null
  readonly choice: ReportChoice
  readonly opened: OpenedReport | null
  readonly running: boolean
  readonly fault: Fault | null
}

const closed: ReportView = { source: null, choice: {}, opened: null, running: false, fault: null }
export const useReport = create<ReportView>(() => closed)

let stop = new AbortController()

async function read(): Promise<void> {
  const { source, choice } = useReport.getState()
  if (source === null) return
  stop.abort()
  const own = new AbortController()
  stop = own
  useReport.setState({ running: true, fault: null })
  const { identity } = useApp.getState()
  try {
    const input = { text: source.text, ...choice, ...(identity === null ? {} : { identity }) }
    const opened = await api.requests.openReport(input, { signal: own.signal })
    if (stop === own) useReport.setState({ opened, running: false })
  } catch (fault) {
    if (stop === own) useReport.setState({ fault: fault as Fault, running: false })
  }
}

export function openReport(text: string, name: string | null): void {
  useReport.setState({ ...closed, source: { text, name } })
  void read()
}

/** Another call of the report, another operation, another environment for the draft. */
export function chooseInReport(choice: ReportChoice): void {
  const before = useReport.getState().choice
  // Another call has its own bank and operation.
  useReport.setState({ choice: choice.entry === undefined ? { ...before, ...choice } : choice })
  void read()
}

export function closeReport(): void {
  stop.abort()
  useReport.setState(closed)
}

/** Opens the draft in Requests; nothing is sent. */
export function openDraftOf({ draft }: OpenedReport): void {
  if (draft === null) return
  choose({ bank: draft.bank, environment: draft.environment })
  openOperation(draft.operation, draft)
}
