/** How the signature of a request came about, byte for byte; and why there is none where there is none. */
import type { ReactNode } from 'react'
import type { Exchange } from '#shared/contract/exchange.ts'
import { openSignature } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { Notice } from '../ui/notice.tsx'
import { keyIdParts } from './key-id-parts.ts'
import { prettyLines } from './pretty-json.ts'
import { SignedHeaderTable } from './signed-header-table.tsx'
import type { SignatureTrace } from './signed-headers.ts'
import { SigningString } from './signing-string.tsx'
import { UnsignedReason } from './unsigned-reason.tsx'
import { VisibleText } from './visible-text.tsx'

function Mono({ text }: { readonly text: string }) {
  return (
    <span className="font-mono text-sm wrap-anywhere">
      <VisibleText text={text} />
    </span>
  )
}

/** A list of header names in a sentence: `digest and signature`. */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

function Remarks({ trace }: { readonly trace: SignatureTrace }) {
  const { byHand, digest, digestOfBody, wrapped } = trace
  return (
    <>
      {byHand.length > 0 && (
        <Notice tone="caution" title={`Set by hand: ${listed(byHand)}`}>
          The draft brought {byHand.length === 1 ? 'this header' : 'these headers'}, so what it said was sent instead of
          what would have been computed.
        </Notice>
      )}
      {digest !== null && digest !== digestOfBody && (
        <Notice tone="bad" title="The digest does not fit the body">
          The bank will refuse the request before it looks at the signature. Take the header Digest out of the draft and
          it is computed.
        </Notice>
      )}
      {wrapped && (
        <Notice title="Sent as an encoded-word">
          The value of the Signature header is not ASCII, so all of it went as one encoded-word (RFC 2047).
        </Notice>
      )}
    </>
  )
}

function DigestFacts({ trace }: { readonly trace: SignatureTrace }) {
  const { digest, digestOfBody, digestInput } = trace
  const same = digest === digestOfBody
  const facts: [string, ReactNode][] = [
    ['As sent', digest === null ? 'no Digest header' : <Mono key="sent" text={digest} />],
    ['Of the body', <Mono key="body" text={digestOfBody} />],
    ['Bytes hashed', digestInput === 0 ? '0: the empty body' : digestInput.toLocaleString('en')],
    ...(digest === null
      ? []
      : ([
          [
            'Verdict',
            <span key="verdict" className={same ? 'text-good' : 'text-bad'}>
              {same ? 'the same' : 'not the same'}
            </span>,
          ],
        ] as [string, ReactNode][])),
  ]
  return (
    <DetailSection title="Digest">
      <Facts facts={facts} />
    </DetailSection>
  )
}

function KeyId({ keyId }: { readonly keyId: string }) {
  const parts = keyIdParts(keyId)
  return (
    <DetailSection title="Key id">
      <Mono text={keyId} />
      {parts === null ? (
        <p className="text-sm text-muted">Of no form the workbench takes apart.</p>
      ) : (
        <Facts
          facts={[
            ['SN: serial number', <Mono key="serial" text={parts.serial} />],
            [
              `${parts.label}: issuer`,
              <ul key="issuer">
                {parts.issuer.map(([type, value]) => (
                  <li key={`${type}=${value}`} className="font-mono text-sm">
                    <span className="text-muted">{type} </span>
                    <VisibleText text={value} />
                  </li>
                ))}
              </ul>,
            ],
          ]}
        />
      )}
    </DetailSection>
  )
}

export function SignatureTracePanel({
  trace,
  headers,
}: {
  readonly trace: SignatureTrace
  /** Of the request as sent. */
  readonly headers: Exchange['request']['headers']
}) {
  return (
    <div className="flex max-w-4xl flex-col gap-4 p-3">
      <Facts facts={[['Algorithm', <Mono key="algorithm" text={trace.algorithm} />]]} />
      <Remarks trace={trace} />
      <SigningString trace={trace} />
      <SignedHeaderTable trace={trace} headers={headers} />
      <DigestFacts trace={trace} />
      {trace.keyId !== null && <KeyId keyId={trace.keyId} />}
      {trace.protectedHeader !== null && (
        <DetailSection title="Protected header">
          <pre className="rounded-md border border-line p-2 font-mono text-sm break-all whitespace-pre-wrap">
            {[...prettyLines(trace.protectedHeader)].join('\n')}
          </pre>
        </DetailSection>
      )}
    </div>
  )
}

export function SignaturePanel({ exchange }: { readonly exchange: Exchange }) {
  return exchange.signature === null ? (
    <UnsignedReason exchange={exchange} />
  ) : (
    <>
      <div className="px-3 pt-3">
        <Button onClick={() => openSignature(exchange.id)}>Take it apart in Signature</Button>
      </div>
      <SignatureTracePanel trace={exchange.signature} headers={exchange.request.headers} />
    </>
  )
}
