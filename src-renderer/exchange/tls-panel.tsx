/** What the handshake showed: protocol, the client certificate that was really sent, the server's chain. */
import type { Exchange, TlsFacts } from '#shared/contract/exchange.ts'
import { Facts } from '../ui/facts.tsx'

/** Sent or not, and why not. */
function clientCertificate({ clientCertificate: sent, clientCertificateAsked: asked }: TlsFacts): string {
  if (sent !== null) return asked === false ? 'sent, though the server did not ask' : 'sent'
  if (asked === true) return 'not sent, although the server asked for one'
  return asked === false ? 'not sent: the server did not ask' : 'not sent; whether the server asked is not known'
}

const fingerprint = (sha256: string) => <span className="font-mono text-sm">{sha256}</span>
const day = (at: string): string => at.slice(0, 10)

export function TlsPanel({ tls, url }: { readonly tls: TlsFacts | null; readonly url: Exchange['request']['url'] }) {
  if (tls === null)
    return (
      <p className="p-3 text-muted">
        {url.startsWith('http:') ? 'The call went over plain HTTP.' : 'No TLS connection was made.'}
      </p>
    )
  const sent = tls.clientCertificate
  return (
    <div className="flex flex-col gap-4 p-3">
      <Facts
        facts={[
          ['Protocol', tls.protocol],
          [
            'Cipher',
            <span key="cipher" className="font-mono text-sm">
              {tls.cipher}
            </span>,
          ],
          ['Session', tls.resumed ? 'resumed: the certificates are those of the first handshake' : 'full handshake'],
          [
            'Client certificate',
            <span key="sent" className={sent === null ? 'text-caution' : ''}>
              {clientCertificate(tls)}
            </span>,
          ],
          ...(sent === null
            ? []
            : ([
                ['Subject', sent.subject],
                ['SHA-256', fingerprint(sent.sha256)],
              ] as const)),
        ]}
      />
      <section aria-label="Server chain">
        <h3>Server chain</h3>
        {tls.serverChain.length === 0 && <p className="text-muted">Not known for this connection.</p>}
        <ol className="flex flex-col">
          {tls.serverChain.map(({ subject, issuer, notBefore, notAfter, sha256 }, at) => (
            <li key={sha256} className="border-t border-line py-2">
              <Facts
                facts={[
                  [at === 0 ? 'Server' : subject === issuer ? 'Root' : 'CA', subject],
                  ['Issuer', issuer],
                  ['Valid', `${day(notBefore)} to ${day(notAfter)}`],
                  ['SHA-256', fingerprint(sha256)],
                ]}
              />
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
