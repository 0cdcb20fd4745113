/** Everything by its name: views, operations, error rows; Ctrl/Cmd+K opens it. */
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { create } from 'zustand'
import { choose, show, useApp } from '../app-state.ts'
import { allErrors, bankOperations, banks } from '../live-data.ts'
import { openError, openOperation } from '../open.ts'
import { inputClass } from '../ui/field.tsx'
import { useViews } from '../views.tsx'

interface Command {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly run: () => void
}

const usePalette = create<{ open: boolean }>(() => ({ open: false }))
export const openPalette = (): void => usePalette.setState({ open: true })
const close = (): void => usePalette.setState({ open: false })

export function usePaletteShortcut(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      openPalette()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

function useCommands(): Command[] {
  const { bank } = useApp()
  const views = useViews()
  const operations = bankOperations(bank)().value
  const errors = allErrors()().value
  const known = banks().value
  return useMemo(
    () => [
      ...(views ?? []).map(({ id, name }) => ({ id, kind: 'View', name, run: () => show(id) })),
      { id: 'open-report', kind: 'Command', name: 'Open a report …', run: () => show('report') },
      { id: 'explain-signature', kind: 'Command', name: 'Explain a signature …', run: () => show('signature') },
      ...(['light', 'dark', 'system'] as const).map((theme) => ({
        id: `theme-${theme}`,
        kind: 'Theme',
        name: `Theme: ${theme}`,
        run: () => choose({ theme }),
      })),
      ...(operations ?? []).map(({ id, method, path, title }) => ({
        id,
        kind: 'Operation',
        name: `${method} ${path} · ${title}`,
        run: () => openOperation(id),
      })),
      ...(known ?? []).map(({ id, name }) => ({
        id,
        kind: 'Bank',
        name: `Bank: ${name}`,
        run: () => choose({ bank: id }),
      })),
      // The bank at hand first: its rows are the likelier ones.
      ...[...(errors ?? [])]
        .sort((a, b) => Number(b.bank === bank) - Number(a.bank === bank))
        .map((row) => ({
          id: row.id,
          kind: 'Error',
          name: `${row.http} ${[row.code, row.title, known?.find((each) => each.id === row.bank)?.name].filter(Boolean).join(' · ')}`,
          run: () => openError(row.id),
        })),
    ],
    [views, operations, errors, known, bank],
  )
}

/** Most rows shown at once; more than anyone reads. */
const most = 50

function Palette() {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const list = useId()
  const commands = useCommands()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    if (shown !== null && !shown.open) shown.showModal()
    return () => shown?.close()
  }, [])
  const needles = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = commands
    .filter(({ id, kind, name }) => needles.every((needle) => `${kind} ${id} ${name}`.toLowerCase().includes(needle)))
    .slice(0, most)
  const chosen = found[Math.min(at, found.length - 1)]
  const run = (command: Command | undefined) => {
    if (command === undefined) return
    close()
    command.run()
  }
  return (
    <dialog
      ref={dialog}
      aria-label="Command palette"
      onCancel={close}
      onClose={close}
      className="mx-auto mt-[12vh] w-[38rem] max-w-[92vw] rounded-md border border-line bg-surface p-0 text-ink"
    >
      <div className="p-2">
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={chosen && `${list}-${chosen.id}`}
          aria-label="Search views, operations and errors"
          placeholder="Search views, operations and errors"
          value={words}
          className={inputClass}
          onChange={(event) => {
            setWords(event.target.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
            else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
            else if (event.key === 'Enter') run(chosen)
            else return
            event.preventDefault()
          }}
        />
      </div>
      <div
        id={list}
        role="listbox"
        aria-label="Results"
        className="max-h-[50vh] overflow-y-auto border-t border-line p-1"
      >
        {found.map((command) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox that owns this list
          <div
            key={`${command.kind} ${command.id}`}
            id={`${list}-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === chosen}
            ref={command === chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
            onClick={() => run(command)}
            className={`flex h-7 items-center gap-3 rounded-sm px-2 ${command === chosen ? 'bg-accent-soft' : ''}`}
          >
            <span className="w-20 shrink-0 text-sm text-muted">{command.kind}</span>
            <span className="truncate">{command.name}</span>
          </div>
        ))}
        {found.length === 0 && <p className="p-2 text-muted">Nothing has these words.</p>}
      </div>
    </dialog>
  )
}

export function CommandPalette() {
  const { open } = usePalette()
  return open ? <Palette /> : null
}
