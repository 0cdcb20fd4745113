/** Says why an environment's proxy opened no way to the bank, and who has to do something about it. */
import { Fault } from '#shared/fault.ts'
import { ProxyRefusal } from './proxy-tunnel.ts'

/** Who was asked for a way to whom; both are `host:port`. */
export interface ProxyScene {
  readonly proxy: string
  readonly host: string
}

const credentialsRemedy =
  'Set user and password of the proxy in the environment (Banks; in the terminal: tpp environment … --proxy-user NAME --proxy-password-file FILE).'

function refused({ status, withCredentials }: ProxyRefusal): string {
  // RFC 9110 section 15.5.8.
  if (status === 407)
    return withCredentials
      ? `it did not accept the user and the password (407). ${credentialsRemedy}`
      : `it wants a user and a password (407). ${credentialsRemedy}`
  if (status > 0) return `it answered ${status}. Ask whoever runs the proxy to allow this host and port.`
  return "it does not answer as an HTTP proxy. Check address and port in the environment's proxy."
}

/** First match wins. The left column is Node's and undici's `code`. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_)/, 'its name could not be resolved. Check its spelling in the environment and your network.'],
  [/^ECONNREFUSED$/, 'nothing accepts connections there. Check address and port in the environment; does it run?'],
  [
    /^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/,
    'it cannot be reached from this machine, or did not answer in time. Check network, VPN and firewall.',
  ],
]

/**
 * @param code of the error, empty where it has none
 * @param details of every fault of a call; the status a proxy refused with is added
 */
export function proxyFault(
  error: unknown,
  code: string,
  { proxy, host }: ProxyScene,
  details: Readonly<Record<string, unknown>>,
): Fault {
  const refusal = error instanceof ProxyRefusal ? error : null
  const known = reasons.find(([pattern]) => pattern.test(code))?.[1]
  const why = refusal === null ? (known ?? 'it closed the connection. Ask whoever runs it.') : refused(refusal)
  return new Fault(
    'NETWORK_PROXY',
    `The proxy ${proxy} opened no way to ${host}: ${why} Nothing was sent to the bank.`,
    { ...details, ...(refusal === null ? {} : { status: refusal.status }) },
    error,
  )
}
