/** The options of curl (its manual page, 8.x) as a table: which take a value, and what each means for the request. */

/** What an option contributes. `ignored` ones concern the transfer, not the request. */
export type CurlMeaning =
  | 'header'
  | 'method'
  | 'data'
  | 'data-raw'
  | 'data-urlencode'
  | 'json'
  | 'form'
  | 'user'
  | 'bearer'
  | 'user-agent'
  | 'referer'
  | 'cookie'
  | 'url'
  | 'query'
  | 'get'
  | 'head'
  | 'insecure'
  | 'certificate'
  | 'certificate-secret'
  | 'upload'
  | 'config'
  | 'request-target'
  | 'proxy'
  | 'compressed'
  | 'ignored'

export interface CurlOption {
  readonly takesValue: boolean
  readonly meaning: CurlMeaning
}

const valued: Readonly<Record<string, CurlMeaning>> = {
  header: 'header',
  request: 'method',
  data: 'data',
  'data-ascii': 'data',
  'data-binary': 'data',
  'data-raw': 'data-raw',
  'data-urlencode': 'data-urlencode',
  json: 'json',
  form: 'form',
  'form-string': 'form',
  user: 'user',
  'oauth2-bearer': 'bearer',
  'user-agent': 'user-agent',
  referer: 'referer',
  cookie: 'cookie',
  url: 'url',
  'url-query': 'query',
  'request-target': 'request-target',
  cert: 'certificate',
  key: 'certificate',
  cacert: 'certificate',
  capath: 'certificate',
  'cert-type': 'ignored',
  'key-type': 'ignored',
  pass: 'certificate-secret',
  'upload-file': 'upload',
  config: 'config',
  proxy: 'proxy',
  'proxy-user': 'proxy',
  'proxy-header': 'proxy',
}

const valuedAndIgnored = `
  abstract-unix-socket alt-svc aws-sigv4 ciphers connect-timeout connect-to continue-at cookie-jar
  create-file-mode crlfile curves delegation dns-servers doh-url dump-header engine etag-compare etag-save
  expect100-timeout hsts interface ip-tos keepalive-time limit-rate local-port login-options max-filesize
  max-redirs max-time netrc-file noproxy output output-dir parallel-max pinnedpubkey preproxy proto
  proto-default proto-redir proxy-cacert proxy-cert proxy-key proxy-pass range rate resolve retry
  retry-delay retry-max-time service-name socks5 socks5-hostname speed-limit speed-time stderr time-cond
  tls-max tls13-ciphers trace trace-ascii trace-config unix-socket variable vlan-priority write-out
`
  .trim()
  .split(/\s+/)

const flags: Readonly<Record<string, CurlMeaning>> = {
  get: 'get',
  head: 'head',
  insecure: 'insecure',
  compressed: 'compressed',
}

/** One letter → the long name. */
const short: Readonly<Record<string, string>> = {
  H: 'header',
  X: 'request',
  d: 'data',
  F: 'form',
  u: 'user',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  E: 'cert',
  T: 'upload-file',
  K: 'config',
  x: 'proxy',
  U: 'proxy-user',
  c: 'cookie-jar',
  o: 'output',
  m: 'max-time',
  w: 'write-out',
  D: 'dump-header',
  r: 'range',
  C: 'continue-at',
  y: 'speed-time',
  Y: 'speed-limit',
  z: 'time-cond',
  G: 'get',
  I: 'head',
  k: 'insecure',
}

const known = new Map<string, CurlOption>([
  ...Object.entries(valued).map(([name, meaning]): [string, CurlOption] => [name, { takesValue: true, meaning }]),
  ...valuedAndIgnored.map((name): [string, CurlOption] => [name, { takesValue: true, meaning: 'ignored' }]),
  ...Object.entries(flags).map(([name, meaning]): [string, CurlOption] => [name, { takesValue: false, meaning }]),
])

/** An option that is not in the table is taken for a switch. @param name without dashes */
export const longOption = (name: string): CurlOption => known.get(name) ?? { takesValue: false, meaning: 'ignored' }

export const shortOption = (letter: string): CurlOption =>
  longOption(Object.hasOwn(short, letter) ? short[letter]! : `-${letter}`)
