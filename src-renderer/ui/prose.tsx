/** Sentences with names between backticks, which are set in the typeface of wire data. */

export function Prose({ text }: { readonly text: string }) {
  return (
    <p className="max-w-prose wrap-anywhere">
      {text.split('`').map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no name but their place
          <code key={index} className="rounded-sm bg-raised px-1 font-mono text-sm">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </p>
  )
}
