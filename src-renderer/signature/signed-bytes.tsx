/** The signing string line by line with every character seen, and byte by byte. */
import { SigningLines } from '../exchange/signing-lines.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { byteRows } from './byte-rows.ts'

/** Rows of bytes that are drawn; a signing string is far shorter, a JWS with a long chain is not. */
const mostRows = 1_000

function Bytes({ text }: { readonly text: string }) {
  const rows = byteRows(text)
  return (
    <details>
      <summary>Byte for byte</summary>
      <ScrollArea label="Bytes of the signing string" className="max-h-80">
        <table className="font-mono text-sm max-xl:text-xs">
          <thead className="sr-only">
            <tr>
              <th scope="col">Offset</th>
              <th scope="col">Bytes, hexadecimal</th>
              <th scope="col">Characters</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map(({ offset, hex, text: signs }) => (
              <tr key={offset}>
                <th scope="row" className="pr-3 text-left font-normal text-muted">
                  {offset}
                </th>
                <td className="pr-3 whitespace-pre">{hex.padEnd(47)}</td>
                <td className="whitespace-pre">{signs}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > mostRows && <p className="text-sm text-muted">and {rows.length - mostRows} rows more</p>}
      </ScrollArea>
    </details>
  )
}

export function SignedBytes({ text, protectedHeader }: { readonly text: string; readonly protectedHeader: boolean }) {
  const dot = protectedHeader ? text.indexOf('.') + 1 : 0
  const lines = text.slice(dot).split('\n')
  return (
    <DetailSection title="Signing string" action={<CopyButton text={text} label="Copy signing string" />}>
      {dot > 0 && (
        <p className="text-sm text-muted">
          Before the first line stand the protected header in base64url and a dot, {dot} bytes.
        </p>
      )}
      <SigningLines label="Lines of the signing string" lines={lines} lineFeeds />
      <Bytes text={text} />
    </DetailSection>
  )
}
