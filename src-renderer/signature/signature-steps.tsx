/** A signature step by step: the first difference, the others, the verification, then everything it is made of. */
import type { ReactNode } from 'react'
import type { ExplainedSignature, SignatureDifference } from '#shared/contract/signature-debug.ts'
import { prettyLines } from '../exchange/pretty-json.ts'
import { VisibleText } from '../exchange/visible-text.tsx'
import type { Tone } from '../ui/badge.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { Notice } from '../ui/notice.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { digestOf } from './changes.ts'
import { differenceNames } from './difference-words.ts'
import { SignedBytes } from './signed-bytes.tsx'

function Mono({ text }: { readonly text: string }) {
  return (
    <span className="font-mono text-sm wrap-anywhere">
      <VisibleText text={text} />
    </span>
  )
}

function WantedAndFound({ difference: { wanted, found } }: { readonly difference: SignatureDifference }) {
  const facts: [string, ReactNode][] = []
  if (wanted !== null) facts.push(['Wanted', <Mono key="wanted" text={wanted} />])
  if (found !== null) facts.push(['Found', <Mono key="found" text={found} />])
  return facts.length === 0 ? null : <Facts facts={facts} />
}

function Differences({ explained: { first, differences, scheme } }: { readonly explained: ExplainedSignature }) {
  if (scheme === 'none') return <Notice title="Nothing to sign">The bank asks for no signature here.</Notice>
  if (first === null)
    return (
      <Notice tone="good" title="No difference">
        The signature is made as the bank’s profile wants it.
      </Notice>
    )
  const others = differences.slice(1)
  return (
    <>
      <Notice tone="bad" title={`First difference: ${differenceNames[first.id]}`}>
        <p>
          {first.message} <span className="text-sm text-muted">({first.where})</span>
        </p>
        <WantedAndFound difference={first} />
      </Notice>
      {others.length > 0 && (
        <DetailSection title={`Then ${others.length} more`}>
          <ol aria-label="Other differences" className="list-decimal pl-5">
            {others.map((difference) => (
              <li key={`${difference.id} ${difference.where}`} className="py-1">
                <strong>{differenceNames[difference.id]}</strong>: {difference.message}{' '}
                <span className="text-sm text-muted">({difference.where})</span>
                <WantedAndFound difference={difference} />
              </li>
            ))}
          </ol>
        </DetailSection>
      )}
    </>
  )
}

const verdicts: Readonly<Record<ExplainedSignature['verification']['verdict'], readonly [Tone, string]>> = {
  verifies: ['good', 'The signature verifies'],
  'does-not-verify': ['bad', 'The signature does not verify'],
  'not-possible': ['caution', 'It cannot be verified here'],
  'not-signed': ['neutral', 'Not signed'],
}

/** What clients send by mistake where there is no body, or hash by mistake where there is one. */
function Beside({ algorithm }: { readonly algorithm: string }) {
  const { value } = useLoaded(algorithm, () => Promise.all(['', '{}'].map((text) => digestOf(algorithm, text))))
  const [empty = null, braces = null] = value ?? []
  if (empty === null || braces === null) return null
  return (
    <details>
      <summary>Digests to know by sight</summary>
      <Facts
        facts={[
          ['Of the empty string', <Mono key="empty" text={empty} />],
          ['Of {}', <Mono key="braces" text={braces} />],
        ]}
      />
    </details>
  )
}

function Digest({ digest }: { readonly digest: NonNullable<ExplainedSignature['digest']> }) {
  const { algorithm, bytes, hex, base64, fitting, sent } = digest
  const facts: [string, ReactNode][] = [
    ['1. Bytes of the body', bytes === null ? 'not known byte for byte' : bytes === 0 ? '0: the empty string' : bytes],
    ...(hex === null
      ? []
      : ([[`2. ${algorithm}, hexadecimal`, <Mono key="hex" text={hex} />]] as [string, ReactNode][])),
    ...(base64 === null
      ? []
      : ([['3. Its bytes in base64', <Mono key="base64" text={base64} />]] as [string, ReactNode][])),
    ...(fitting === null
      ? []
      : ([['4. Header that fits', <Mono key="fitting" text={fitting} />]] as [string, ReactNode][])),
    ['Header as sent', sent === null ? 'none' : <Mono key="sent" text={sent} />],
  ]
  return (
    <DetailSection title="Digest step by step">
      <Facts facts={facts} />
      <Beside algorithm={algorithm} />
    </DetailSection>
  )
}

const names = (attributes: readonly { type: string; value: string }[]): ReactNode => (
  <ul>
    {attributes.map(({ type, value }) => (
      <li key={`${type}=${value}`} className="font-mono text-sm wrap-anywhere">
        <span className="text-muted">{type} </span>
        <VisibleText text={value} />
      </li>
    ))}
  </ul>
)

function KeyId({ keyId }: { readonly keyId: NonNullable<ExplainedSignature['keyId']> }) {
  const { text, wanted, serial, label, attributes } = keyId
  return (
    <DetailSection title="Key id taken apart">
      <Facts
        facts={[
          ['As sent', <Mono key="text" text={text} />],
          ...(wanted !== null && wanted !== text
            ? ([['As wanted', <Mono key="wanted" text={wanted} />]] as const)
            : []),
          ['SN', <Mono key="serial" text={serial.text === '' ? 'none' : serial.text} />],
          ['Serial number, hexadecimal', <Mono key="hex" text={serial.certificateHex ?? 'no certificate'} />],
          ['Serial number, decimal', <Mono key="decimal" text={serial.certificateDecimal ?? 'no certificate'} />],
          [label === '' ? 'Issuer' : label, names(attributes)],
        ]}
      />
    </DetailSection>
  )
}

const origins = { header: 'from the request', x5c: 'from x5c of the request', identity: 'of the identity' } as const

function Certificate({ certificate }: { readonly certificate: NonNullable<ExplainedSignature['certificate']> }) {
  const { from, subject, issuer, serialHex, notBefore, notAfter, sha256, key } = certificate
  return (
    <DetailSection title={`Certificate ${origins[from]}`}>
      <Facts
        facts={[
          ['Subject', names(subject)],
          ['Issuer', names(issuer)],
          ['Serial number', <Mono key="serial" text={serialHex} />],
          ['Key', key],
          ['Valid', `${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}`],
          ['SHA-256', <Mono key="sha256" text={sha256} />],
        ]}
      />
    </DetailSection>
  )
}

/** @param children what stands below the differences */
export function SignatureSteps({
  explained,
  children,
}: {
  readonly explained: ExplainedSignature
  readonly children?: ReactNode
}) {
  const { verification, digest, keyId, certificate, protectedHeader, algorithm, signingString, scheme } = explained
  const [tone, title] = verdicts[verification.verdict]
  return (
    <>
      <Differences explained={explained} />
      {children}
      {scheme !== 'none' && (
        <Notice tone={tone === 'bad' ? 'caution' : tone} title={title}>
          {verification.reason}
        </Notice>
      )}
      {algorithm !== null && <Facts facts={[['Algorithm', <Mono key="algorithm" text={algorithm} />]]} />}
      {signingString !== null && <SignedBytes text={signingString} protectedHeader={protectedHeader !== null} />}
      {digest !== null && <Digest digest={digest} />}
      {keyId !== null && <KeyId keyId={keyId} />}
      {protectedHeader !== null && (
        <DetailSection title="Protected header">
          <pre className="rounded-md border border-line p-2 font-mono text-sm break-all whitespace-pre-wrap">
            {[...prettyLines(protectedHeader)].join('\n')}
          </pre>
        </DetailSection>
      )}
      {certificate !== null && <Certificate certificate={certificate} />}
    </>
  )
}
