/** Text with the words of a search marked in it; without a search it is plain text. */
import { matchingParts } from './matching-parts.ts'

export function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  if (words.length === 0) return text
  return matchingParts(text, words).map((part, at) =>
    part.match ? (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no name but their place
        key={at}
        className="rounded-sm bg-caution-soft text-inherit underline decoration-caution underline-offset-2"
      >
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  )
}
