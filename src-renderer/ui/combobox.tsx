/** A field with values to pick from that takes any other value too: arrows and Enter pick, typing narrows, Escape closes. */
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { inputClass } from './field.tsx'

export interface ComboboxProps {
  readonly label: string
  readonly value: string
  readonly options: readonly string[]
  /** What an option stands for, beside it: found by it too, but not taken. */
  readonly words?: Readonly<Record<string, string>>
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly required?: boolean
  readonly invalid?: boolean
  /** Id of what says more about the field. */
  readonly describedBy?: string | undefined
}

type Words = Readonly<Record<string, string>>
const noWords: Words = {}

/** What is offered: everything until something is typed, then what has it. */
const narrowed = (options: readonly string[], words: Words, typed: string | null): readonly string[] =>
  typed === null
    ? options
    : options.filter((option) => `${option} ${words[option] ?? ''}`.toLowerCase().includes(typed.toLowerCase()))

function place(list: HTMLElement, field: HTMLElement): void {
  const { left, top, bottom, width } = field.getBoundingClientRect()
  list.style.minWidth = `${width}px`
  list.style.left = `${left}px`
  const below = bottom + list.offsetHeight <= window.innerHeight
  list.style.top = `${below ? bottom + 2 : top - 2 - list.offsetHeight}px`
}

function Options({
  id,
  field,
  options,
  words,
  active,
  onPick,
  onClose,
}: {
  readonly words: Words
  readonly id: string
  readonly field: HTMLElement | null
  readonly options: readonly string[]
  readonly active: number
  readonly onPick: (option: string) => void
  readonly onClose: () => void
}) {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (list.current === null || field === null) return
    // In the top layer, because the tables it opens in are cut off where they scroll.
    if (!list.current.matches(':popover-open')) list.current.showPopover()
    place(list.current, field)
  })
  useEffect(() => {
    const away = ({ target }: Event) => {
      if (!(target instanceof Node) || list.current?.contains(target) !== true) onClose()
    }
    window.addEventListener('scroll', away, true)
    return () => window.removeEventListener('scroll', away, true)
  }, [onClose])
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Values"
      popover="manual"
      className="fixed inset-auto m-0 max-h-60 overflow-y-auto rounded-md border border-line-strong bg-surface p-1 font-mono text-sm text-ink"
    >
      {options.map((option, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox that owns this list
        <div
          key={option}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          ref={at === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
          className={`flex h-6 items-center rounded-sm px-2 whitespace-nowrap ${at === active ? 'bg-accent-soft' : 'hover:bg-raised'}`}
        >
          {option}
          {words[option] !== undefined && <span className="pl-2 font-sans text-muted">{words[option]}</span>}
        </div>
      ))}
    </div>
  )
}

export function Combobox({
  label,
  value,
  options,
  words = noWords,
  onChange,
  placeholder,
  required,
  invalid,
  describedBy,
}: ComboboxProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(false)
  /** What was typed since it opened; null: nothing, all values are shown. */
  const [typed, setTyped] = useState<string | null>(null)
  const [active, setActive] = useState(-1)
  const [close] = useState(() => () => setOpen(false))
  const offered = narrowed(options, words, typed)
  const shown = open && offered.length > 0
  const openAll = () => {
    setTyped(null)
    setActive(options.indexOf(value))
    setOpen(true)
  }
  const pick = (option: string) => {
    onChange(option)
    close()
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && !shown) openAll()
    else if (step !== undefined) setActive((active + step + offered.length) % offered.length)
    else if (event.key === 'Enter' && shown && offered[active] !== undefined) pick(offered[active])
    else if (event.key === 'Escape' && shown) close()
    else return
    event.preventDefault()
  }
  return (
    <div className="relative">
      <input
        ref={field}
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        aria-autocomplete="list"
        aria-required={required}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onChange={({ target }) => {
          onChange(target.value)
          setTyped(target.value)
          setActive(-1)
          // A value that is complete needs no list that covers the next row.
          setOpen(!options.includes(target.value))
        }}
        onKeyDown={press}
        onBlur={close}
        className={`${inputClass} pr-6 font-mono text-sm ${invalid === true ? 'border-bad' : ''}`}
      />
      {/* For the mouse; the keyboard has the arrow keys. */}
      <button
        type="button"
        aria-hidden="true"
        tabIndex={-1}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          field.current?.focus()
          if (shown) close()
          else openAll()
        }}
        className="absolute inset-y-0 right-0 w-6 text-xs text-muted"
      >
        ▾
      </button>
      {shown && (
        <Options
          id={id}
          field={field.current}
          options={offered}
          words={words}
          active={active}
          onPick={pick}
          onClose={close}
        />
      )}
    </div>
  )
}
