/** What the schema says of the body, place by place; choosing one puts the cursor there. A syntax error stands in the line below. */
import type { BodyProblem } from './check-draft.ts'

/** As many as anyone reads at once. */
const most = 50

export function BodyProblems({
  problems,
  onSeek,
}: {
  readonly problems: readonly BodyProblem[]
  /** null where there is no cursor to put. */
  readonly onSeek: ((pointer: string) => void) | null
}) {
  if (problems.length === 0) return null
  return (
    <ul
      aria-label="Problems of the body"
      aria-live="polite"
      className="max-h-24 shrink-0 overflow-y-auto border-t border-line py-1 text-sm text-bad"
    >
      {problems.slice(0, most).map(({ pointer, message }) => {
        const sentence = (
          <>
            <span className="font-mono">{pointer || 'the body'}</span> {message}
          </>
        )
        return (
          <li key={`${pointer} ${message}`}>
            {onSeek === null ? (
              <span className="block px-3">{sentence}</span>
            ) : (
              <button
                type="button"
                title="Go to the place"
                onClick={() => onSeek(pointer)}
                className="w-full px-3 text-left -outline-offset-2 wrap-anywhere hover:bg-bad-soft"
              >
                {sentence}
              </button>
            )}
          </li>
        )
      })}
      {problems.length > most && <li className="px-3">and {problems.length - most} more</li>}
    </ul>
  )
}
