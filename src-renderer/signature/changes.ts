/** Changes to one element of a signed request, to see what a bank sees first: the signature stays as it was made. */
import type { Exchange } from '#shared/contract/exchange.ts'
import type { ExplainedSignature } from '#shared/contract/signature-debug.ts'
import { base64Of, unwrapped, wrapped } from './encoded-word.ts'

export type SignedRequest = Exchange['request']
type Headers = SignedRequest['headers']

export interface Change {
  readonly id: string
  /** What a person does, in a few words. */
  readonly name: string
  /** It shows only where the body can be hashed. */
  readonly hashes?: boolean
  /** null where this request has nothing of the kind to change. */
  readonly apply: (
    request: SignedRequest,
    whole: ExplainedSignature,
  ) => SignedRequest | null | Promise<SignedRequest | null>
}

const is = (name: string) => (pair: Headers[number]) => pair[0].toLowerCase() === name

const headerOf = ({ headers }: SignedRequest, name: string): string | null => headers.find(is(name))?.[1] ?? null

function withHeader(
  request: SignedRequest,
  name: string,
  work: (value: string) => string | null,
): SignedRequest | null {
  const value = headerOf(request, name)
  const next = value === null ? null : work(value)
  if (next === null || next === value) return null
  const headers = request.headers.map((pair): Headers[number] => (is(name)(pair) ? [pair[0], next] : pair))
  return { ...request, headers }
}

function withoutHeader(request: SignedRequest, name: string): SignedRequest | null {
  const headers = request.headers.filter((pair) => !is(name)(pair))
  return headers.length === request.headers.length ? null : { ...request, headers }
}

/** @param algorithm as the bank names it, such as SHA-256. @returns the header's value; null for a hash the browser lacks */
export async function digestOf(algorithm: string, text: string): Promise<string | null> {
  try {
    const hash = await crypto.subtle.digest(algorithm.toUpperCase(), new TextEncoder().encode(text))
    return `${algorithm}=${base64Of(new Uint8Array(hash))}`
  } catch {
    return null
  }
}

const digestFor = (text: string) => async (request: SignedRequest, whole: ExplainedSignature) => {
  const digest = (request.body ?? '') === text ? null : await digestOf(whole.digest?.algorithm ?? '', text)
  return digest === null ? null : withHeader(request, 'digest', () => digest)
}

const notAscii = /[^\t\x20-\x7e]/

/** @param work over the value as text; it is wrapped again where it was wrapped and still has to be. */
function withSignature(request: SignedRequest, work: (value: string) => string | null): SignedRequest | null {
  return withHeader(request, 'signature', (value) => {
    const inner = unwrapped(value)
    if (inner === null) return work(value)
    const next = work(new TextDecoder().decode(inner))
    return next === null || !notAscii.test(next) ? next : wrapped(next)
  })
}

/** @returns the value with the parameter changed; null where it is not there. */
function withParameter(value: string, name: string, work: (inner: string) => string | null): string | null {
  const found = new RegExp(`(\\b${name}=")([^"]*)(")`).exec(value)
  const next = found === null ? null : work(found[2] ?? '')
  return found === null || next === null ? null : value.replace(found[0], () => `${found[1]}${next}${found[3]}`)
}

const inSignature =
  (name: string, work: (inner: string, whole: ExplainedSignature) => string | null): Change['apply'] =>
  (request, whole) =>
    withSignature(request, (value) => withParameter(value, name, (inner) => work(inner, whole)))

/** Another sign of base64 in the middle: the same length, another signature. */
function otherSign(base64: string): string {
  const at = Math.floor(base64.length / 2)
  return `${base64.slice(0, at)}${base64[at] === 'A' ? 'B' : 'A'}${base64.slice(at + 1)}`
}

/** The name in the form the issuer stands in; its parts as the certificate has them. */
function subjectIn(keyId: string, { certificate }: ExplainedSignature): string | null {
  const [, head, name] = /^(SN=[^,]*,[A-Za-z]+=)(.*)$/s.exec(keyId) ?? []
  if (head === undefined || name === undefined || certificate === null) return null
  const parts = certificate.subject.map(({ type, value }) => `${type}=${value}`)
  return head + (name.startsWith('/') ? parts.map((part) => `/${part}`).join('') : parts.toReversed().join(','))
}

const certificateHeader = ({ headers }: SignedRequest): string | null =>
  headers.find(([name]) => /certificate/i.test(name))?.[0].toLowerCase() ?? null

/** base64 of a PEM text ⇄ base64 of DER, in one line. */
function otherCertificateForm(value: string): string | null {
  try {
    const text = atob(value)
    const armour = /^-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(text)?.[1]
    if (armour !== undefined) return armour.replaceAll(/\s/g, '')
    const lines = value.match(/.{1,64}/g) ?? []
    return btoa(`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`)
  } catch {
    return null
  }
}

const inCertificate =
  (work: (request: SignedRequest, name: string) => SignedRequest | null): Change['apply'] =>
  (request) => {
    const name = certificateHeader(request)
    return name === null ? null : work(request, name)
  }

const day = 86_400_000

function dayBefore(date: string): string | null {
  const at = Date.parse(date)
  return Number.isNaN(at) ? null : new Date(at - day).toUTCString()
}

function lastNameOut(names: string): string | null {
  const list = names.split(' ')
  return list.length < 2 ? null : list.slice(0, -1).join(' ')
}

/** In the order of the way: body, digest, what is signed, signature, certificate. */
export const changes: readonly Change[] = [
  {
    id: 'body-byte',
    name: 'One blank more behind the body',
    hashes: true,
    apply: (request) => (request.body === null ? null : { ...request, body: `${request.body} ` }),
  },
  { id: 'digest-of-empty', name: 'Digest of the empty string', hashes: true, apply: digestFor('') },
  { id: 'digest-of-braces', name: 'Digest of {}', hashes: true, apply: digestFor('{}') },
  { id: 'date', name: 'Date a day earlier', apply: (request) => withHeader(request, 'date', dayBefore) },
  {
    id: 'request-id',
    name: 'Another X-Request-ID',
    apply: (request) => withHeader(request, 'x-request-id', () => crypto.randomUUID()),
  },
  { id: 'name-left-out', name: 'Last name left out of headers', apply: inSignature('headers', lastNameOut) },
  {
    id: 'order',
    name: 'Names in headers turned round',
    apply: inSignature('headers', (names) => names.split(' ').toReversed().join(' ')),
  },
  {
    id: 'decimal-serial',
    name: 'Serial number in decimal',
    apply: inSignature('keyId', (keyId, { keyId: parts }) =>
      parts?.serial.certificateDecimal == null
        ? null
        : keyId.replace(/^SN=[^,]*/, `SN=${parts.serial.certificateDecimal}`),
    ),
  },
  { id: 'subject', name: 'Subject in place of the issuer', apply: inSignature('keyId', subjectIn) },
  { id: 'algorithm', name: 'algorithm in capitals', apply: inSignature('algorithm', (word) => word.toUpperCase()) },
  { id: 'signature-value', name: 'One sign of the signature changed', apply: inSignature('signature', otherSign) },
  {
    id: 'quotes',
    name: 'Quotes taken away by a shell',
    apply: (request) => withSignature(request, (value) => value.replaceAll('"', '')),
  },
  {
    id: 'scheme-word',
    name: 'Without the word Signature in front',
    apply: (request) => withSignature(request, (value) => value.replace(/^Signature /, '')),
  },
  {
    id: 'not-wrapped',
    name: 'UTF-8 not wrapped',
    // As it goes over the wire: a character for each byte.
    apply: (request) =>
      withHeader(request, 'signature', (value) => {
        const inner = unwrapped(value)
        return inner === null ? null : String.fromCharCode(...inner)
      }),
  },
  {
    id: 'no-signature',
    name: 'No signature',
    apply: (request) => withoutHeader(request, 'signature') ?? withoutHeader(request, 'x-jws-signature'),
  },
  {
    id: 'certificate-form',
    name: 'DER for PEM, or PEM for DER',
    apply: inCertificate((request, name) => withHeader(request, name, otherCertificateForm)),
  },
  { id: 'no-certificate', name: 'No certificate', apply: inCertificate(withoutHeader) },
]

/** Those that change something in this request. */
export async function fittingChanges(request: SignedRequest, whole: ExplainedSignature): Promise<readonly Change[]> {
  const tried = await Promise.all(
    changes.map(async (change) => ((await change.apply(request, whole)) === null ? [] : [change])),
  )
  return tried.flat()
}

/** One after the other, in the order of the way. A change that meets nothing any more does nothing. */
export async function changed(
  request: SignedRequest,
  ids: ReadonlySet<string>,
  whole: ExplainedSignature,
): Promise<SignedRequest> {
  let made = request
  for (const change of changes) if (ids.has(change.id)) made = (await change.apply(made, whole)) ?? made
  return made
}

/** An HTTP Archive (HAR 1.2) of this one call: the form in which a body keeps each of its bytes. */
export function archiveOf({ method, url, headers, body }: SignedRequest): string {
  const request = {
    method,
    url,
    headers: headers.map(([name, value]) => ({ name, value })),
    ...(body === null ? {} : { postData: { mimeType: 'application/json', text: body } }),
  }
  return JSON.stringify({ log: { entries: [{ request }] } })
}
