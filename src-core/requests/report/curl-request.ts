/** Makes of a cURL command's arguments the request that curl would send. */

import type { CurlMeaning } from './curl-options.ts'
import type { CurlArgument } from './read-curl.ts'
import type { Header, Remark, ReportRequest } from './report.ts'

interface Made {
  method: string | null
  urls: string[]
  query: string[]
  target: string | null
  headers: [string, string][]
  /** Names curl was told not to send, lower case. */
  readonly removed: Set<string>
  data: string[]
  get: boolean
  head: boolean
  json: boolean
  form: boolean
  clientCertificate: boolean
  readonly remarks: Remark[]
}

const remark = (made: Made, id: string, message: string): void => {
  if (!made.remarks.some((each) => each.message === message)) made.remarks.push({ id, message })
}

const fileNotRead = (made: Made, option: string, name: string): void =>
  remark(
    made,
    'file-not-read',
    `${option} names the file "${name.slice(0, 100)}", which was not read: put its content in.`,
  )

/** `Name: value`, `Name;` for an empty one, `Name:` to send none. */
function addHeader(made: Made, value: string): void {
  const colon = value.indexOf(':')
  if (value.startsWith('@')) fileNotRead(made, '-H', value.slice(1))
  else if (colon > 0) {
    const name = value.slice(0, colon).trim()
    const text = value.slice(colon + 1).replace(/^[ \t]/, '')
    if (text.trim() === '') made.removed.add(name.toLowerCase())
    else made.headers.push([name, text])
  } else if (value.endsWith(';')) made.headers.push([value.slice(0, -1).trim(), ''])
}

function addData(made: Made, value: string): void {
  if (value.startsWith('@')) fileNotRead(made, '--data', value.slice(1))
  else made.data.push(value)
}

/** curl's manual: `content`, `=content`, `name=content`, `@file`, `name@file`. */
function addEncoded(made: Made, value: string): void {
  const [, name = '', mark] = /^([^=@]*)([=@])/.exec(value) ?? []
  const content = mark === undefined ? value : value.slice(name.length + 1)
  if (mark === '@') fileNotRead(made, '--data-urlencode', content)
  else made.data.push(`${name === '' ? '' : `${name}=`}${encodeURIComponent(content)}`)
}

/** A word that is no address is what nested quotes left behind: it belongs to the header before it. */
function addUrl(made: Made, value: string): void {
  const last = made.headers.at(-1)
  const short = value.slice(0, 300)
  const address = /^(?:https?:)?\/\/|^(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?]|$)/i.test(short)
  if (address || last === undefined) made.urls.push(value)
  else {
    last[1] += ` ${value}`
    remark(
      made,
      'nested-quotes',
      `The header ${last[0]} was cut apart at a blank, because quotes stand inside quotes; it was put together again.`,
    )
  }
}

const basic = (user: string): string => `Basic ${Buffer.from(user).toString('base64')}`

const steps: { readonly [Meaning in CurlMeaning]: (made: Made, value: string) => void } = {
  header: addHeader,
  method(made, value) {
    made.method = value.toUpperCase()
  },
  data: addData,
  'data-raw': (made, value) => void made.data.push(value),
  'data-urlencode': addEncoded,
  json(made, value) {
    made.json = true
    addData(made, value)
  },
  form(made) {
    made.form = true
    remark(made, 'form-not-read', 'A multipart form (-F) is not taken over: no operation of a bank here takes one.')
  },
  user: (made, value) => void made.headers.push(['Authorization', basic(value)]),
  bearer: (made, value) => void made.headers.push(['Authorization', `Bearer ${value}`]),
  'user-agent': (made, value) => void made.headers.push(['User-Agent', value]),
  referer: (made, value) => void made.headers.push(['Referer', value]),
  cookie(made, value) {
    if (value.includes('=')) made.headers.push(['Cookie', value])
    else fileNotRead(made, '--cookie', value)
  },
  url: addUrl,
  query: (made, value) =>
    void (value.startsWith('@') ? fileNotRead(made, '--url-query', value) : made.query.push(value)),
  'request-target'(made, value) {
    made.target = value
  },
  get(made) {
    made.get = true
  },
  head(made) {
    made.head = true
  },
  insecure: (made) =>
    remark(
      made,
      'not-verified',
      "The bank's server certificate was not checked (-k), so another server may have answered.",
    ),
  certificate(made) {
    made.clientCertificate = true
    remark(
      made,
      'certificate-not-read',
      'Certificate and key files are named and were not read; your own identity is used.',
    )
  },
  'certificate-secret': () => undefined,
  upload: (made, value) => fileNotRead(made, '--upload-file', value),
  config: (made, value) => fileNotRead(made, '--config', value),
  proxy: (made) =>
    remark(made, 'proxy', 'The command went through a proxy, which may have answered instead of the bank.'),
  compressed: (made) => void made.headers.push(['Accept-Encoding', 'deflate, gzip, br, zstd']),
  ignored: () => undefined,
}

function methodOf({ method, head, get, data, form }: Made): string {
  return method ?? (head ? 'HEAD' : (data.length > 0 || form) && !get ? 'POST' : 'GET')
}

/** What curl adds where the command says nothing of it. */
function withDefaults(made: Made, sendsBody: boolean): Header[] {
  const has = (name: string) => made.removed.has(name) || made.headers.some(([other]) => other.toLowerCase() === name)
  const headers: [string, string][] = [...made.headers]
  if (!has('accept')) headers.push(['Accept', made.json ? 'application/json' : '*/*'])
  if (sendsBody && !has('content-type')) {
    headers.push(['Content-Type', made.json ? 'application/json' : 'application/x-www-form-urlencoded'])
    const message = 'The command sets no Content-Type, so curl sends the body as application/x-www-form-urlencoded.'
    if (!made.json) remark(made, 'content-type', message)
  }
  return headers
}

function addressOf(made: Made, query: readonly string[]): string {
  const [first = ''] = made.urls
  const url = first === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(first) ? first : `https://${first}`
  const whole =
    made.target === null ? url : url.replace(/^(https?:\/\/[^/?#]*).*$/is, `$1${made.target.replaceAll('$', '$$$$')}`)
  if (query.length === 0) return whole
  return `${whole}${whole.includes('?') ? '&' : '?'}${query.join('&')}`
}

export function buildCurlRequest(given: readonly CurlArgument[]): {
  readonly request: ReportRequest
  readonly remarks: readonly Remark[]
  readonly clientCertificate: boolean
} {
  const made: Made = {
    method: null,
    urls: [],
    query: [],
    target: null,
    headers: [],
    removed: new Set(),
    data: [],
    get: false,
    head: false,
    json: false,
    form: false,
    clientCertificate: false,
    remarks: [],
  }
  for (const { meaning, value } of given) steps[meaning](made, value)
  if (made.urls.length > 1) remark(made, 'more-urls', `The command has ${made.urls.length} URLs; the first is opened.`)
  const sendsBody = made.data.length > 0 && !made.get
  // curl joins several -d by "&" and several --json by nothing.
  const body = sendsBody ? made.data.join(made.json ? '' : '&') : null
  return {
    request: {
      method: methodOf(made),
      url: addressOf(made, made.get ? [...made.query, ...made.data] : made.query),
      headers: withDefaults(made, sendsBody),
      body,
    },
    remarks: made.remarks,
    clientCertificate: made.clientCertificate,
  }
}
