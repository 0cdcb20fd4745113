/** The issuing certificates kept with an identity, its own issuer first. */
import type { IdentityDetail } from '#shared/contract/keys.ts'
import { Badge } from '../ui/badge.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { localDate } from '../ui/local-time.ts'
import { ValidityBadge } from './validity-badge.tsx'

export function CertificateChain({ chain }: { readonly chain: IdentityDetail['chain'] }) {
  return (
    <DetailSection title="Chain">
      {chain.length === 0 ? (
        <p className="text-muted">No issuing certificate is kept with this one.</p>
      ) : (
        <ol className="flex flex-col gap-2">
          {chain.map((entry) => (
            <li key={entry.sha256} className="flex flex-col gap-0.5 border-l-2 border-line pl-3">
              <span className="flex items-start gap-2">
                <span className="min-w-0 flex-1 wrap-anywhere">{entry.subject}</span>
                {entry.subject === entry.issuer && <Badge>root</Badge>}
                <ValidityBadge notBefore={entry.notBefore} notAfter={entry.notAfter} />
              </span>
              <span className="text-sm text-muted">
                {localDate(entry.notBefore)} to {localDate(entry.notAfter)} · serial{' '}
                <span className="font-mono wrap-anywhere">{entry.serial}</span>
              </span>
              <span className="font-mono text-xs text-muted wrap-anywhere">{entry.sha256}</span>
            </li>
          ))}
        </ol>
      )}
    </DetailSection>
  )
}
