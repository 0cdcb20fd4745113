/** What was signed, line by line, with everything in it that is not seen. */
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { byteSize } from './measures.ts'
import { inputPrefix, type SignatureTrace, signedLines } from './signed-headers.ts'
import { visibleParts } from './visible-characters.ts'
import { VisibleText } from './visible-text.tsx'

const marks = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + visibleParts(line).filter(({ name }) => name !== null).length, 0)

const noMarks = 'Nothing in it is hidden: no space at the end of a line, no tab, no carriage return, ASCII only.'

export function SigningString({ trace }: { readonly trace: SignatureTrace }) {
  const lines = signedLines(trace)
  const prefix = inputPrefix(trace)
  const hidden = marks(lines)
  return (
    <DetailSection
      title="Signing string"
      action={<CopyButton text={trace.signingString} label="Copy signing string" />}
    >
      <p className="text-sm text-muted">
        {lines.length} lines with a line feed between them and none at the end, {byteSize(trace.signingString.length)}.{' '}
        {hidden === 0 ? noMarks : `${hidden} characters a person would miss are marked.`}
      </p>
      {prefix !== '' && (
        <p className="text-sm text-muted">
          Before the first line stand the protected header in base64url and a dot:{' '}
          <span className="font-mono wrap-anywhere text-ink">
            {prefix.length > 96 ? `${prefix.slice(0, 96)}…` : prefix}
          </span>
        </p>
      )}
      <ol aria-label="Lines of the signing string" className="rounded-md border border-line font-mono text-sm">
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a signing string have no name but their place
          <li key={at} className="flex border-b border-line last:border-b-0">
            <span aria-hidden="true" className="w-8 shrink-0 py-1 pr-2 text-right text-muted select-none">
              {at + 1}
            </span>
            <span className="min-w-0 flex-1 py-1 pr-2 wrap-anywhere whitespace-pre-wrap">
              <VisibleText text={line} />
            </span>
          </li>
        ))}
      </ol>
    </DetailSection>
  )
}
