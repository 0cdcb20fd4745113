/** Judges signed requests with code of its own: nothing of what made the signature is used here. */
import { constants, createHash, type KeyObject, verify } from 'node:crypto'
import type { Header } from '../signing-scheme.ts'

export interface ReceivedRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly Header[]
  readonly body: Buffer
}

const sha = (name: string): string => name.toLowerCase().replace('-', '')

/** Names of headers as a server collects them: lower case, values of one name joined. */
function collect(headers: readonly Header[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, raw] of headers) {
    const key = name.toLowerCase()
    const value = raw.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '')
    found.set(key, found.has(key) ? `${found.get(key)}, ${value}` : value)
  }
  return found
}

/** Whether the Digest header fits the body. */
function digestFits(headers: ReadonlyMap<string, string>, body: Buffer): boolean {
  const [, name, value] = /^(SHA-256|SHA-512)=(.+)$/.exec(headers.get('digest') ?? '') ?? []
  return name !== undefined && createHash(sha(name)).update(body).digest('base64') === value
}

function lines(names: readonly string[], { method, target }: ReceivedRequest, headers: ReadonlyMap<string, string>) {
  const all = names.map((name) =>
    name === '(request-target)' ? `${name}: ${method.toLowerCase()} ${target}` : `${name}: ${headers.get(name)}`,
  )
  return all.join('\n')
}

/** Whether the list names what it has to, and nothing that the request does not have. */
const covers = (names: readonly string[], needed: readonly string[], headers: ReadonlyMap<string, string>): boolean =>
  needed.every((name) => names.includes(name)) &&
  names.every((name) => name === '(request-target)' || headers.has(name))

const httpAlgorithms: Record<string, { type: string; hash: string }> = {
  'rsa-sha256': { type: 'rsa', hash: 'sha256' },
  'rsa-sha512': { type: 'rsa', hash: 'sha512' },
  'ecdsa-sha256': { type: 'ec', hash: 'sha256' },
}

/** @param needed names the list of the signature has to have. */
export function verifyHttpSignature(request: ReceivedRequest, key: KeyObject, needed: readonly string[]): boolean {
  const headers = collect(request.headers)
  const raw = headers.get('signature') ?? ''
  const word = /^=\?utf-8\?B\?([A-Za-z0-9+/=]+)\?=$/.exec(raw)?.[1]
  const text = word === undefined ? raw : Buffer.from(word, 'base64').toString('utf8')
  const parameters = Object.fromEntries(
    Array.from(text.matchAll(/(\w+)="([^"]*)"/g), ([, name, value]) => [name, value]),
  )
  const algorithm = httpAlgorithms[parameters.algorithm ?? '']
  const names = (parameters.headers ?? '').split(' ')
  if (!algorithm || algorithm.type !== key.asymmetricKeyType || !covers(names, needed, headers)) return false
  if (names.includes('digest') && !digestFits(headers, request.body)) return false
  const signed = Buffer.from(lines(names, request, headers), 'latin1')
  return verify(algorithm.hash, signed, key, Buffer.from(parameters.signature ?? '', 'base64'))
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
const jwsKeys: Record<string, { type: string; options: object }> = {
  RS256: { type: 'rsa', options: {} },
  PS256: { type: 'rsa', options: pss },
  ES256: { type: 'ec', options: { dsaEncoding: 'ieee-p1363' } },
}

/** @param header name of the header with the JWS, lower case. */
export function verifyDetachedJws(
  request: ReceivedRequest,
  key: KeyObject,
  header: string,
  needed: readonly string[],
): boolean {
  const headers = collect(request.headers)
  const [encoded = '', payload, signature = ''] = (headers.get(header) ?? '').split('.')
  if (payload !== '') return false
  const { alg, b64, crit, sigD } = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))
  const judge = jwsKeys[alg]
  const understood = ['sigT', 'sigD', 'b64'].every((name) => crit.includes(name)) && crit.length === 3
  if (!judge || judge.type !== key.asymmetricKeyType || b64 !== false || !understood) return false
  if (sigD.mId !== 'http://uri.etsi.org/19182/HttpHeaders' || !covers(sigD.pars, needed, headers)) return false
  if (!digestFits(headers, request.body)) return false
  const signed = Buffer.from(`${encoded}.${lines(sigD.pars, request, headers)}`, 'latin1')
  return verify('sha256', signed, { key, ...judge.options }, Buffer.from(signature, 'base64url'))
}
