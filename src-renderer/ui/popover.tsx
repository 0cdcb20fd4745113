/** A small surface that a button opens beside itself: Escape or a press elsewhere closes it, the focus stays where it was. */
import { type ReactNode, type ToggleEvent, useId, useRef } from 'react'
import { type Tone, tones } from './badge.tsx'

/** Pixels between the button and its surface, and to the edge of the window. */
const gap = 4

/** Below the button where there is room, else above it; never out of the window. */
function place(surface: HTMLElement, button: HTMLElement): void {
  const { left, top, bottom } = button.getBoundingClientRect()
  const { offsetWidth, offsetHeight } = surface
  const below = bottom + gap + offsetHeight <= window.innerHeight
  surface.style.left = `${Math.max(gap, Math.min(left, window.innerWidth - offsetWidth - gap))}px`
  surface.style.top = `${below ? bottom + gap : Math.max(gap, top - gap - offsetHeight)}px`
}

export function BadgePopover({
  label,
  title,
  tone = 'neutral',
  children,
}: {
  /** Word on the button. */
  readonly label: string
  /** Names the surface, and the button for a screen reader. */
  readonly title: string
  readonly tone?: Tone
  readonly children: ReactNode
}) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const toggled = ({ currentTarget, newState }: ToggleEvent<HTMLDivElement>) => {
    if (newState === 'open' && button.current !== null) place(currentTarget, button.current)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-label={`${label}: ${title}`}
        className={`inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-sm whitespace-nowrap underline decoration-dotted underline-offset-2 ${tones[tone]}`}
      >
        {label}
      </button>
      <div
        id={id}
        role="dialog"
        aria-label={title}
        popover="auto"
        onToggle={toggled}
        className="fixed inset-auto m-0 w-80 max-w-[80vw] rounded-md border border-line-strong bg-surface p-3 text-left text-base text-ink wrap-anywhere whitespace-normal"
      >
        {children}
      </div>
    </>
  )
}
