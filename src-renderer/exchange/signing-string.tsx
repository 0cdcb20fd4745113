/** What was signed, line by line, with everything in it that is not seen. */
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { byteSize } from './measures.ts'
import { inputPrefix, type SignatureTrace, signedLines } from './signed-headers.ts'
import { SigningLines } from './signing-lines.tsx'
import { visibleParts } from './visible-characters.ts'

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
      <SigningLines label="Lines of the signing string" lines={lines} />
    </DetailSection>
  )
}
