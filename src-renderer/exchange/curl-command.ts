/** A request as a curl command for a POSIX shell; what was redacted stays redacted. */
import type { Exchange } from '#shared/contract/exchange.ts'

/** Quotes for a POSIX shell: nothing inside is interpreted. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** Headers curl writes itself from URL and body. */
const written = new Set(['host', 'content-length', 'connection', 'transfer-encoding'])

export function curlCommand({ request, tls }: Pick<Exchange, 'request' | 'tls'>): string {
  const headers = request.headers.filter(([name]) => !written.has(name.toLowerCase()))
  const lines = [
    `curl --request ${request.method} ${quoted(request.url)}`,
    ...headers.map(([name, value]) => `--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(request.body === null ? [] : [`--data-raw ${quoted(request.body)}`]),
    ...(tls?.clientCertificate == null ? [] : ['--cert your-qwac.pem', '--key your-key.pem']),
  ]
  return `# Secrets are redacted: put in your own token, certificate and key.\n${lines.join(' \\\n  ')}\n`
}
