/** A line of text in which nothing hides: each character that is not seen stands there as a sign with its name. */
import { visibleParts } from './visible-characters.ts'

export function VisibleText({ text }: { readonly text: string }) {
  return visibleParts(text).map((part, at) =>
    part.name === null ? (
      part.text
    ) : (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no name but their place
        key={at}
        title={part.name}
        className="rounded-sm bg-caution-soft px-px text-caution outline outline-caution/40"
      >
        {part.text}
        <span className="sr-only"> {part.name} </span>
      </mark>
    ),
  )
}
