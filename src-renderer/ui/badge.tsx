/** A short word with a meaning; the colour repeats what the word says. */
import type { ReactNode } from 'react'

export const tones = {
  neutral: 'bg-raised text-ink',
  good: 'bg-good-soft text-good',
  caution: 'bg-caution-soft text-caution',
  bad: 'bg-bad-soft text-bad',
  accent: 'bg-accent-soft text-accent',
} as const
export type Tone = keyof typeof tones

export function Badge({
  tone = 'neutral',
  title,
  children,
}: {
  readonly tone?: Tone
  readonly title?: string
  readonly children: ReactNode
}) {
  return (
    <span
      title={title}
      className={`inline-flex h-5 shrink-0 items-center rounded-sm px-1.5 text-sm whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  )
}
