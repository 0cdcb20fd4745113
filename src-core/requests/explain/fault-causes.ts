/** Why no answer came: the causes of each fault of the transport, with the evidence that can prove them. */
import type { EvidenceName } from '#shared/error-words.ts'
import type { FaultCode } from '#shared/fault.ts'
import type { Remedy } from '#shared/remedy.ts'
import type { CallFacts } from '../call-facts.ts'
import { remedy } from '../preflight/rule.ts'

export interface FaultCauses {
  readonly title: string
  readonly causes: readonly { readonly text: string; readonly evidence: readonly EvidenceName[] }[]
  readonly fix: string
  remedies?(facts: CallFacts): Remedy[]
}

const cause = (text: string, ...evidence: EvidenceName[]) => ({ text, evidence })

const address = (facts: CallFacts): Remedy[] =>
  facts.environment.kind === 'local-sandbox' ? [] : [remedy.fillIn(facts, `urls.${facts.operation.host}`)]

export const faultCauses: Partial<Record<FaultCode, FaultCauses>> = {
  TLS_CLIENT_CERTIFICATE: {
    title: 'The client certificate was refused',
    causes: [
      cause('No client certificate was sent.', 'no-client-certificate'),
      cause('The certificate has expired.', 'certificate-expired'),
      cause('The certificate is not valid yet.', 'certificate-not-yet-valid'),
      cause('The bank does not trust its issuer.', 'certificate-other-issuer'),
      cause('Its issuing certificate was not sent with it.', 'certificate-chain-incomplete'),
      cause('It is of the wrong kind.', 'certificate-wrong-kind'),
      cause('The bank does not know this certificate, or has revoked or blocked it.'),
    ],
    fix: 'Use the certificate the bank knows, valid today, with its whole chain.',
    remedies: (facts) => [remedy.chooseIdentity(facts), remedy.orderCertificate()],
  },
  TLS_EXPIRED: {
    title: 'The server certificate is not valid at this time',
    causes: [cause('The clock of this machine is wrong.'), cause('The bank let its certificate expire.')],
    fix: 'Check the clock of this machine first, then tell the bank.',
  },
  TLS_NAME: {
    title: 'The server certificate is for another host',
    causes: [
      cause('The URL of the environment names another host than the bank’s.'),
      cause('A proxy or firewall answers in the bank’s place.'),
    ],
    fix: 'Compare the URL of the environment with the bank’s documentation.',
    remedies: address,
  },
  TLS_CHAIN: {
    title: 'The server certificate leads to no trusted CA',
    causes: [
      cause('The bank’s CA is not among those of the environment.'),
      cause('A proxy or firewall replaces certificates.'),
    ],
    fix: 'Add the bank’s CA, or the one of your organisation’s proxy, to the environment.',
    remedies: (facts) => [remedy.fillIn(facts, 'ca')],
  },
  TLS_VERSION: {
    title: 'The server offers no TLS version of 1.2 or newer',
    causes: [cause('The bank’s server is outdated, or the URL leads elsewhere.')],
    fix: 'Nothing older is used; the bank has to upgrade.',
    remedies: address,
  },
  TLS_NOT_SPOKEN: {
    title: 'The port does not speak TLS',
    causes: [cause('The port in the URL of the environment is not the one of the API.')],
    fix: 'Check the port of the environment.',
    remedies: address,
  },
  TLS_FAILED: {
    title: 'The TLS handshake failed',
    causes: [
      cause('The bank wants a client certificate and none was sent.', 'no-client-certificate'),
      cause('The server accepts none of the ciphers, or not this host name.'),
    ],
    fix: 'Check the URL and the identity, then show the bank what TLS said.',
    remedies: address,
  },
  NETWORK_DNS: {
    title: 'The host name could not be resolved',
    causes: [cause('The name in the environment is misspelled.'), cause('This machine has no network or name server.')],
    fix: 'Check the spelling in the environment and your network.',
    remedies: address,
  },
  NETWORK_REFUSED: {
    title: 'Nothing accepts connections there',
    causes: [cause('The URL or port of the environment is wrong.'), cause('The server is not running.')],
    fix: 'Check the URL of the environment; for the local sandbox, start it.',
    remedies: address,
  },
  NETWORK_UNREACHABLE: {
    title: 'The address cannot be reached from here',
    causes: [cause('A network, VPN or firewall is in the way.'), cause('The bank admits known addresses only.')],
    fix: 'Check network, VPN and firewall, and whether the bank has to admit your address.',
  },
  NETWORK_PROXY: {
    title: 'The proxy opened no way to the bank',
    causes: [cause('The address or the password of the environment’s proxy is wrong, or it does not allow this host.')],
    fix: 'Check the proxy of the environment.',
    remedies: (facts) => [remedy.fillIn(facts, 'proxy')],
  },
  NETWORK_RESET: {
    title: 'The connection was closed before the answer was complete',
    causes: [
      cause(
        'The bank refused the client certificate without saying so.',
        'certificate-expired',
        'certificate-other-issuer',
      ),
      cause('A gateway closed a connection it held for idle or overlong.'),
    ],
    fix: 'Read the status before you send anything a second time.',
  },
  RESPONSE_MALFORMED: {
    title: 'The answer is not valid HTTP',
    causes: [cause('Another program answers on this port.')],
    fix: 'Check host and port of the environment.',
    remedies: address,
  },
  RESPONSE_TOO_LARGE: {
    title: 'The answer is larger than the limit',
    causes: [cause('The call asks for more than it needs.', 'page-size-too-large', 'period-too-long')],
    fix: 'Ask for a shorter period or smaller pages.',
  },
  DEADLINE: {
    title: 'The answer did not come in time',
    causes: [cause('The call asks for much.', 'period-too-long'), cause('A system of the bank is slow.')],
    fix: 'Ask for less, or give the call more time.',
  },
}
