/** A copied command carries no secret and survives the shell. */
import { expect, it } from 'vitest'
import { curlCommand } from './curl-command.ts'

const tls = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  resumed: false,
  clientCertificate: { sha256: '00', subject: 'CN=acme' },
  clientCertificateAsked: true,
  serverChain: [],
}

it('quotes for the shell and leaves out what curl writes itself', () => {
  const command = curlCommand({
    request: {
      method: 'POST',
      url: "https://127.0.0.1:1/o'hara?a=1&b=$(x)",
      headers: [
        ['Authorization', 'Bearer [redacted]'],
        ['Content-Length', '9'],
        ['X-Empty', ''],
      ],
      body: `{"a":"it's"}`,
    },
    tls,
  })
  expect(command).toBe(
    [
      '# Secrets are redacted: put in your own token, certificate and key.',
      String.raw`curl --request POST 'https://127.0.0.1:1/o'\''hara?a=1&b=$(x)' \ `.trimEnd(),
      String.raw`  --header 'Authorization: Bearer [redacted]' \ `.trimEnd(),
      String.raw`  --header 'X-Empty;' \ `.trimEnd(),
      String.raw`  --data-raw '{"a":"it'\''s"}' \ `.trimEnd(),
      String.raw`  --cert your-qwac.pem \ `.trimEnd(),
      '  --key your-key.pem\n',
    ].join('\n'),
  )
})

it('names no certificate where none was sent', () => {
  const request = { method: 'GET', url: 'https://a.example/', headers: [], body: null }
  expect(curlCommand({ request, tls: { ...tls, clientCertificate: null } })).not.toContain('--cert')
})
