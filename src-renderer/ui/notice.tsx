/** What went wrong, or what to know: one sentence, its reason and what to do now. */
import type { ReactNode } from 'react'
import type { Tone } from './badge.tsx'

const borders: Record<Tone, string> = {
  neutral: 'border-line bg-raised',
  good: 'border-good bg-good-soft',
  caution: 'border-caution bg-caution-soft',
  bad: 'border-bad bg-bad-soft',
  accent: 'border-accent bg-accent-soft',
}

export function Notice({
  tone = 'neutral',
  title,
  children,
  action,
}: {
  readonly tone?: Tone
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={`flex items-start gap-3 rounded-md border-l-4 px-3 py-2 ${borders[tone]}`}
    >
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        {children !== undefined && <div className="wrap-anywhere">{children}</div>}
      </div>
      {action}
    </div>
  )
}

/** The states a list or pane has besides having something to show. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className="flex flex-col items-start gap-2 p-6">
      <p className="text-lg font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-prose text-muted">{children}</div>}
      {action}
    </div>
  )
}

/** Keeps the place of what comes, so that nothing jumps. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <p role="status" className="p-6 text-muted">
      {what} …
    </p>
  )
}
