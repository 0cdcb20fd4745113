/** Two panes, one above the other, and a bar between them that mouse and arrow keys move. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'

/** Neither pane gets smaller than this share. */
const least = 0.15
/** Share one arrow key moves. */
const step = 0.05

const within = (share: number): number => Math.min(Math.max(share, least), 1 - least)

export function Split({
  label,
  share,
  onShare,
  above,
  below,
}: {
  readonly label: string
  /** Part of the height the upper pane has, 0 to 1. */
  readonly share: number
  readonly onShare: (share: number) => void
  readonly above: ReactNode
  readonly below: ReactNode
}) {
  const frame = useRef<HTMLDivElement>(null)
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const box = frame.current?.getBoundingClientRect()
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    onShare(within((event.clientY - box.top) / box.height))
  }
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -step : event.key === 'ArrowDown' ? step : 0
    if (by === 0) return
    event.preventDefault()
    onShare(within(share + by))
  }
  return (
    <div
      ref={frame}
      className="grid min-h-0 flex-1"
      style={{ gridTemplateRows: `minmax(0,${share}fr) auto minmax(0,${1 - share}fr)` }}
    >
      <div className="flex min-h-0 min-w-0 flex-col">{above}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={least * 100}
        aria-valuemax={100 - least * 100}
        onKeyDown={press}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => onShare(0.5)}
        className="relative h-px cursor-row-resize touch-none bg-line before:absolute before:inset-x-0 before:-inset-y-1 hover:bg-accent"
      />
      <div className="flex min-h-0 min-w-0 flex-col">{below}</div>
    </div>
  )
}
