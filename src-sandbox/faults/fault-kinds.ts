/** Every fault the sandbox can put between a bank and its client: what it does, where it applies and which values it takes. */
import type { SandboxFaultKind, SandboxFaultParameter } from '#shared/sandbox-protocol.ts'

type Kind = Omit<SandboxFaultKind, 'id' | 'applies' | 'scope'> & Partial<Pick<SandboxFaultKind, 'applies'>>

const number = (
  about: string,
  unit: string,
  [minimum, maximum]: readonly [number, number],
  standard: number,
): SandboxFaultParameter => ({ kind: 'number', about, unit, minimum, maximum, default: standard })

const choice = (about: string, choices: readonly string[], standard = choices[0] ?? ''): SandboxFaultParameter => ({
  kind: 'choice',
  about,
  choices: [...choices],
  default: standard,
})

const carriedOut = (standard: 'yes' | 'no') => ({
  'carried-out': choice(
    'Whether the bank does what it was asked to before this happens; what a form of a page asks is always done.',
    ['yes', 'no'],
    standard,
  ),
})

const bytes = (about: string, highest: number, standard: number) => number(about, 'bytes', [0, highest], standard)

const status = (code: number, title: string, done: 'yes' | 'no', body: string): Kind => ({
  title: `${code} ${title}`,
  about: `The call is answered with status ${code}, as by a gateway in front of the bank.`,
  parameters: { ...carriedOut(done), body: choice('What the body is.', ['html', 'json', 'empty'], body) },
})

const gibibyte = 1024 ** 3
const minute = 60_000
const day = 86_400

const kinds = {
  latency: {
    title: 'Slow answer',
    about: 'The answer comes whole, but late.',
    parameters: { milliseconds: number('How late.', 'milliseconds', [1, 10 * minute], 3000) },
  },
  drip: {
    title: 'Dripping answer',
    about: 'The head of the answer comes at once, its body a few bytes at a time: no pause between two is ever long.',
    parameters: { rate: number('How fast the body comes.', 'bytes per second', [1, 10_000_000], 10) },
  },
  hang: {
    title: 'No answer',
    about: 'The request is taken and never answered; the connection stays open.',
    parameters: carriedOut('yes'),
  },
  reset: {
    title: 'Connection reset',
    about: 'The connection is reset (TCP RST), before the answer or in the middle of it.',
    parameters: {
      ...carriedOut('yes'),
      after: bytes("Bytes of the answer's body that arrive before; with 0 not even its head does.", 1_000_000, 0),
    },
  },
  'half-close': {
    title: 'Half-closed connection',
    about: "The bank's side of the connection ends (TLS close_notify, TCP FIN) before the answer is complete.",
    parameters: {
      ...carriedOut('yes'),
      after: bytes("Bytes of the answer's body that arrive before; with 0 not even its head does.", 1_000_000, 0),
    },
  },
  'tls-1-1': {
    title: 'TLS 1.1 only',
    about: 'New connections are offered nothing newer than TLS 1.1.',
    applies: 'connection',
    parameters: {},
  },
  'wrong-host-name': {
    title: "Another host's server certificate",
    about: 'On new connections the server certificate is for another host; CA and dates are right.',
    applies: 'connection',
    parameters: {},
  },
  'expired-server-certificate': {
    title: 'Expired server certificate',
    about: 'On new connections the server certificate ended yesterday; CA and name are right.',
    applies: 'connection',
    parameters: {},
  },
  'client-certificate-refused': {
    title: 'Client certificate refused in the handshake',
    about:
      'On new connections the server asks for a client certificate and refuses it with a TLS alert. Under TLS 1.3 the client hears of it only after its handshake is over.',
    applies: 'connection',
    parameters: {
      alert: choice('What the alert says (RFC 8446 section 6.2); `silent` closes without a word.', [
        'unknown-ca',
        'bad-certificate',
        'certificate-expired',
        'certificate-revoked',
        'silent',
      ]),
      version: choice('The TLS version that is agreed on.', ['1.3', '1.2']),
    },
  },
  'status-500': status(500, 'Internal Server Error', 'no', 'json'),
  'status-502': status(502, 'Bad Gateway', 'no', 'html'),
  'status-503': status(503, 'Service Unavailable', 'no', 'html'),
  'status-504': status(504, 'Gateway Timeout', 'yes', 'html'),
  'too-many-requests': {
    title: '429 with Retry-After',
    about: 'The call is refused with status 429 and says when to come again.',
    parameters: { ...carriedOut('no'), 'retry-after': number('When to come again.', 'seconds', [0, day], 30) },
  },
  'empty-200': {
    title: 'Empty 200',
    about: 'Status 200, the usual content type, and no body.',
    parameters: {},
  },
  html: {
    title: 'HTML instead of JSON',
    about: 'The body is a page of a gateway, with a script in it that must not run anywhere.',
    parameters: { status: number('Status of the answer.', 'HTTP status', [200, 599], 200) },
  },
  'invalid-utf-8': {
    title: 'Invalid UTF-8',
    about: 'The first text of the body begins with bytes that are no UTF-8 (C3 28 FF).',
    parameters: {},
  },
  'duplicate-keys': {
    title: 'Duplicate keys in the JSON',
    about: 'Each key of the outermost object comes twice, the second time with another value.',
    parameters: {},
  },
  'huge-body': {
    title: 'Huge body',
    about: 'The JSON of the answer is padded with one long text.',
    parameters: { size: bytes('Size of the body.', 4 * gibibyte, 100 * 1024 ** 2) },
  },
  'gzip-bomb': {
    title: 'Gzip bomb',
    about: 'A small compressed body (Content-Encoding: gzip, whether it was asked for or not) that becomes a huge one.',
    parameters: { size: bytes('Size of the body once it is decompressed.', 16 * gibibyte, gibibyte) },
  },
  'lost-refresh-answer': {
    title: 'Lost answer of a refresh',
    about:
      'The token endpoint takes the refresh token, issues its successor and resets the connection before the answer.',
    applies: 'token-call',
    parameters: {},
  },
  'missing-state': {
    title: 'Redirect without state',
    about: 'The browser is sent back without the parameter state.',
    applies: 'redirect',
    parameters: {},
  },
  'redirect-elsewhere': {
    title: 'Redirect to another origin',
    about:
      'The call or page is answered with 302 to another origin of the sandbox. Whatever follows it there is logged with what it showed: client certificate, Authorization, PSU headers.',
    parameters: carriedOut('no'),
  },
  'redirect-other-uri': {
    title: 'Redirect to a URI not asked for',
    about: 'The browser is sent back to another path of the callback than the one that was asked for.',
    applies: 'redirect',
    parameters: {},
  },
  'clock-skew': {
    title: 'Clock of the bank wrong',
    about: 'The clock the bank judges by, and the header Date of its answers, are wrong by this much.',
    parameters: { seconds: number('How far ahead; negative: behind.', 'seconds', [-3650 * day, 3650 * day], 300) },
  },
} as const satisfies Record<string, Kind>

export type FaultId = keyof typeof kinds

type AppliesTo<What> = { [Id in FaultId]: (typeof kinds)[Id] extends { applies: What } ? Id : never }[FaultId]
export type ConnectionFaultId = AppliesTo<'connection'>
export type CallFaultId = Exclude<FaultId, ConnectionFaultId>

/** In the order in which people are shown them. */
export const faultKinds: ReadonlyMap<string, SandboxFaultKind> = new Map(
  Object.entries(kinds as Record<string, Kind>).map(([id, kind]) => {
    const applies = kind.applies ?? 'call'
    return [id, { id, ...kind, applies, scope: applies === 'connection' ? 'everyone' : 'tenant' }]
  }),
)
