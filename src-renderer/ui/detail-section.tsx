/** A part of a page of details under its own heading, without a frame. */
import { type ReactNode, useId } from 'react'

export function DetailSection({
  title,
  children,
  action,
}: {
  readonly title: string
  readonly children: ReactNode
  readonly action?: ReactNode
}) {
  const heading = useId()
  return (
    <section aria-labelledby={heading} className="flex min-w-0 flex-col gap-1">
      <div className="flex min-h-6 items-center gap-2">
        <h3 id={heading} className="flex-1">
          {title}
        </h3>
        {action}
      </div>
      {children}
    </section>
  )
}
