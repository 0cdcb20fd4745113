/** The catalogue by keyboard: arrows walk, Home and End jump, left and right fold, letters go to the next name that begins so. */
import type { KeyboardEvent } from 'react'

/** Milliseconds after which letters begin a new name. */
const pause = 700
let typed = { text: '', at: 0 }

const buttonsOf = (list: Element): HTMLButtonElement[] => [...list.querySelectorAll<HTMLButtonElement>('button')]

/** What a button of the list is found by when letters are typed. */
const nameOf = (button: HTMLButtonElement): string => (button.dataset.name ?? button.textContent ?? '').toLowerCase()

/** Buttons from the one after the current on, then those before it. */
function fromHere(buttons: readonly HTMLButtonElement[], at: number): HTMLButtonElement[] {
  return [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)]
}

const isTyping = (): boolean => typed.text !== '' && Date.now() - typed.at <= pause

function typeAhead(key: string, buttons: readonly HTMLButtonElement[], at: number): HTMLButtonElement | undefined {
  const text = isTyping() ? typed.text + key : key
  typed = { text: text.toLowerCase(), at: Date.now() }
  const { text: prefix } = typed
  // More letters of the same name may well be of the one that has the focus already.
  const order = prefix.length > 1 ? fromHere(buttons, at - 1) : fromHere(buttons, at)
  return order.find((button) => nameOf(button).startsWith(prefix))
}

/** A group's own button folds it; from one of its operations, left goes up to it. */
function foldOrUnfold(key: string, current: HTMLButtonElement): boolean {
  const expanded = current.getAttribute('aria-expanded')
  if (key === 'ArrowRight' && expanded === 'false') current.click()
  else if (key === 'ArrowLeft' && expanded === 'true') current.click()
  else if (key === 'ArrowLeft' && expanded === null)
    current.closest('li[data-group]')?.querySelector<HTMLButtonElement>('button[aria-expanded]')?.focus()
  else return key === 'ArrowLeft' || key === 'ArrowRight'
  return true
}

/** @param toSearch goes back to the search field, from the first button on. */
export function walkCatalogue(event: KeyboardEvent<HTMLElement>, toSearch: () => void): void {
  const buttons = buttonsOf(event.currentTarget)
  const current = document.activeElement as HTMLButtonElement
  const at = buttons.indexOf(current)
  const { key } = event
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[key]
  if (key === 'ArrowUp' && at === 0) toSearch()
  else if (to !== undefined) buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus()
  else if (!foldOrUnfold(key, current)) {
    // A slash goes to the search; a space presses the button, unless it stands within a name that is being typed.
    if (key.length !== 1 || key === '/' || (key === ' ' && !isTyping())) return
    typeAhead(key, buttons, at)?.focus()
  }
  event.preventDefault()
}
