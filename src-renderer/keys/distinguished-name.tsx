/** A distinguished name (RFC 4514) that breaks into lines between its parts. */
import { Fragment } from 'react'

export function DistinguishedName({ name }: { readonly name: string }) {
  const parts = name.split(/(?<!\\),/)
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name may repeat and never move
    <Fragment key={index}>
      {part}
      {index < parts.length - 1 && (
        <>
          ,<wbr />
        </>
      )}
    </Fragment>
  ))
}
