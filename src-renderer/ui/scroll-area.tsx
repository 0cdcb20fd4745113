/** An area that scrolls by itself and can be reached and scrolled with the keyboard. */
import type { ReactNode, Ref } from 'react'

export function ScrollArea({
  label,
  className = '',
  ref,
  children,
}: {
  readonly label: string
  readonly className?: string
  readonly ref?: Ref<HTMLElement>
  readonly children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop the keyboard could not scroll it
    <section ref={ref} aria-label={label} tabIndex={0} className={`overflow-auto -outline-offset-2 ${className}`}>
      {children}
    </section>
  )
}
