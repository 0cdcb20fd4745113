/** Draws only the lines in sight, so that a long text scrolls as easily as a short one. */
import { useLayoutEffect, useRef, useState } from 'react'
import { ScrollArea } from '../ui/scroll-area.tsx'

/** Pixels; the same as the `leading-5` below. */
const lineHeight = 20
const spare = 20

export function LineList({ label, lines }: { readonly label: string; readonly lines: readonly string[] }) {
  const area = useRef<HTMLElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  useLayoutEffect(() => {
    const element = area.current
    if (element === null) return
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  const first = Math.max(0, Math.floor(view.top / lineHeight) - spare)
  const last = Math.min(lines.length, Math.ceil((view.top + view.height) / lineHeight) + spare)
  return (
    <ScrollArea ref={area} label={label} className="min-h-0 flex-1">
      <div className="relative" style={{ height: lines.length * lineHeight + 16 }}>
        <pre className="absolute inset-x-0 px-3 font-mono text-sm leading-5" style={{ top: first * lineHeight + 8 }}>
          {lines.slice(first, last).join('\n')}
        </pre>
      </div>
    </ScrollArea>
  )
}
