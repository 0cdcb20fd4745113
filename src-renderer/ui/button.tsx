/** Buttons: one accent for what comes next, plain for the rest, red for what cannot be undone. */
import type { ButtonHTMLAttributes } from 'react'

const kinds = {
  primary: 'bg-accent text-accent-ink border-transparent hover:opacity-90',
  plain: 'bg-surface text-ink border-line hover:bg-raised',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-raised',
  danger: 'bg-surface text-bad border-line hover:bg-bad-soft',
} as const

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: keyof typeof kinds
  /** Shows that work is under way; the button keeps its width and cannot be pressed again. */
  readonly busy?: boolean
}

export function Button({ kind = 'plain', busy = false, className = '', disabled, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || busy}
      aria-busy={busy}
      className={`inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md border px-2.5 whitespace-nowrap disabled:opacity-50 ${kinds[kind]} ${className}`}
    >
      {children}
    </button>
  )
}
