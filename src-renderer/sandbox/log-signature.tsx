/** What the bank made of a signature: its verdict and the text it verified, with everything in it that is not seen. */
import type { ReactNode } from 'react'
import type { SandboxLogEntry, SandboxSignature } from '#shared/sandbox-protocol.ts'
import { SigningLines } from '../exchange/signing-lines.tsx'
import { VisibleText } from '../exchange/visible-text.tsx'
import { Badge } from '../ui/badge.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { CertificateWords } from './certificate-words.tsx'
import { useSignedText } from './own-exchange.ts'
import { comparison } from './signed-difference.ts'

function Wire({ text }: { readonly text: string }) {
  return (
    <span className="font-mono text-sm wrap-anywhere">
      <VisibleText text={text} />
    </span>
  )
}

function factsOf({ verdict, reason, algorithm, keyId, certificate }: SandboxSignature): [string, ReactNode][] {
  return [
    [
      'Verdict',
      <span key="verdict">
        <Badge tone={verdict === 'good' ? 'good' : 'bad'}>{verdict}</Badge> {reason}
      </span>,
    ],
    ['Algorithm', algorithm === null ? 'not read' : <Wire key="algorithm" text={algorithm} />],
    ['Key id', keyId === null ? 'not read' : <Wire key="key" text={keyId} />],
    ['Signed with', certificate === null ? 'not read' : <CertificateWords key="with" sha256={certificate} />],
  ]
}

function SigningText({ entry, text }: { readonly entry: SandboxLogEntry; readonly text: string }) {
  const { value: ours } = useSignedText(entry)
  return (
    <DetailSection
      title="Signing string the bank computed"
      action={<CopyButton text={text} label="Copy signing string" />}
    >
      <p className="min-h-4 text-sm text-muted">{ours === null ? '' : comparison(text, ours)}</p>
      <SigningLines label="Lines the bank verified" lines={text.split('\n')} />
    </DetailSection>
  )
}

export function LogSignature({ entry }: { readonly entry: SandboxLogEntry }) {
  const { signature } = entry
  if (signature === undefined)
    return (
      <DetailSection title="Signature">
        <p className="text-muted">The bank looked at none: this call needs none, or it was refused before.</p>
      </DetailSection>
    )
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <DetailSection title="Signature">
        <Facts facts={factsOf(signature)} />
      </DetailSection>
      {signature.signingString === null ? (
        <p className="text-muted">It did not come as far as putting a signing string together.</p>
      ) : (
        <SigningText entry={entry} text={signature.signingString} />
      )}
    </div>
  )
}
