/** A signing string line by line, with what the eye does not see made visible. */
import { VisibleText } from './visible-text.tsx'

/** @param lineFeeds whether the end of each line but the last is shown as what it is */
export function SigningLines({
  label,
  lines,
  lineFeeds = false,
}: {
  readonly label: string
  readonly lines: readonly string[]
  readonly lineFeeds?: boolean
}) {
  return (
    <ol aria-label={label} className="rounded-md border border-line font-mono text-sm">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a signing string have no name but their place
        <li key={at} className="flex border-b border-line last:border-b-0">
          <span aria-hidden="true" className="w-8 shrink-0 py-1 pr-2 text-right text-muted select-none">
            {at + 1}
          </span>
          <span className="min-w-0 flex-1 py-1 pr-2 wrap-anywhere whitespace-pre-wrap">
            <VisibleText text={line} />
            {lineFeeds && at < lines.length - 1 && (
              <span title="line feed (U+000A)" className="text-muted">
                ↵<span className="sr-only"> line feed </span>
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
