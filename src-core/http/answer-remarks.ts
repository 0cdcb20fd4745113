/** What the transport has to say about an answer: redirects it did not follow, and refusals that come as an HTTP page. */
import type { Finding, TlsFacts } from '#shared/contract/exchange.ts'
import type { Answer } from './call.ts'
import type { SealedRequest } from './sealed-request.ts'

const redirects = new Set([301, 302, 303, 307, 308])

/** Characters of a page that are searched. */
const searched = 4096

interface Page {
  /** What nginx writes, whatever the bank calls its server. */
  readonly words: string
  readonly id: string
  message(host: string, tls: TlsFacts | null): string
  readonly remedy: string
}

const pages: readonly Page[] = [
  {
    words: 'No required SSL certificate was sent',
    id: 'client-certificate-missing',
    message: (host, tls) =>
      tls?.clientCertificate == null
        ? `${host} wants a client certificate and none was sent.`
        : `${host} says that no client certificate reached it, although ${tls.clientCertificate.subject} was sent: something in between ends TLS.`,
    remedy:
      'Choose an identity for this call, or check that this host of the environment is marked as one that needs it.',
  },
  {
    words: 'The SSL certificate error',
    id: 'client-certificate-refused',
    message: (host) => `${host} refused the client certificate: it does not verify there.`,
    remedy:
      'Check that it is the certificate the bank knows, that it is valid today, that its CA is one the bank trusts in this environment, and that the whole chain is sent.',
  },
  {
    words: 'The plain HTTP request was sent to HTTPS port',
    id: 'plain-http-behind-tls',
    message: (host) => `${host} passes requests on without TLS to a port that speaks TLS.`,
    remedy: 'The bank has to repair its gateway: the request left here over TLS.',
  },
]

/** Findings for the exchange; most answers give none. */
export function remarksOn(request: SealedRequest, answer: Answer, tls: TlsFacts | null): Finding[] {
  const { host } = request.url
  if (redirects.has(answer.status)) return redirectRemark(request.url, answer)
  if (answer.status < 400 || answer.status > 499) return []
  const text = answer.body.subarray(0, searched).toString('latin1')
  return pages
    .filter(({ words }) => text.includes(words))
    .map(({ id, message, remedy }) => ({ id, severity: 'error', message: message(host, tls), remedy }))
}

function redirectRemark(url: URL, { headers }: Answer): Finding[] {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (location === undefined) return []
  const target = URL.parse(location, url.href)
  const where = target === null ? 'an address that cannot be read' : target.host
  const message = `The answer redirects to ${where}. It was not followed: identity and token are for ${url.host} only.`
  return [{ id: 'redirect-not-followed', severity: 'note', message }]
}
