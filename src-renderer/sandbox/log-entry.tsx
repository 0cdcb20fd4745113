/** One call as the bank saw it: who called, what it made of the signature, why it answered so, and our side of it. */
import type { ReactNode } from 'react'
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { HeaderTable } from '../exchange/header-table.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { localMoment } from '../ui/local-time.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { bankName } from './bank-options.ts'
import { CertificateWords } from './certificate-words.tsx'
import { LogExchange } from './log-exchange.tsx'
import { LogSignature } from './log-signature.tsx'

const wire = 'font-mono text-sm wrap-anywhere'

function factsOf(entry: SandboxLogEntry): [string, ReactNode][] {
  const { status, reason, faults } = entry
  return [
    ['Received', `${localMoment(entry.at)} by ${bankName(entry.bank)}`],
    ['Request', <span key="request" className={wire}>{`${entry.method} ${entry.path}`}</span>],
    ['Operation', entry.operation ?? 'none of this bank'],
    ['Answer', status === 0 ? `none was begun: ${reason}` : `${status}: ${reason}`],
    ...(faults === undefined ? [] : [['Faults applied', faults.join(', ')] as [string, ReactNode]]),
    [
      'Client certificate',
      entry.clientCertificate === null ? (
        'none was sent'
      ) : (
        <CertificateWords key="certificate" sha256={entry.clientCertificate} />
      ),
    ],
    [
      'X-Request-ID',
      <span key="id" className={wire}>
        {entry.requestId ?? 'none'}
      </span>,
    ],
  ]
}

function Headers({ entry: { headers } }: { readonly entry: SandboxLogEntry }) {
  if (headers === undefined)
    return (
      <DetailSection title="Headers">
        <p className="text-muted">
          No longer kept: the sandbox keeps the headers of a tenant’s 100 newest calls, until it is stopped.
        </p>
      </DetailSection>
    )
  return (
    <div className="rounded-md border border-line">
      <HeaderTable caption="Headers as the bank read them" headers={headers} />
    </div>
  )
}

export function LogEntry({ entry }: { readonly entry: SandboxLogEntry }) {
  return (
    <ScrollArea label="Call as the bank saw it" className="min-h-0 flex-1 bg-surface p-3">
      <h2 className="sr-only">Call as the bank saw it</h2>
      <div className="grid gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Facts facts={factsOf(entry)} />
          <LogExchange entry={entry} />
          <Headers entry={entry} />
        </div>
        <LogSignature entry={entry} />
      </div>
    </ScrollArea>
  )
}
