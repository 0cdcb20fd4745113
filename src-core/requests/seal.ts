/** Adds token and signature to a prepared call and freezes it. */
import { type SealedRequest, sealRequest } from '../http/sealed-request.ts'
import type { RequestSigner, SignatureTrace } from '../signing/signing-scheme.ts'
import type { Prepared, SendingIdentity } from './prepared.ts'

/** Bytes of an answer's body after decompression. */
const bodyCap = 64 * 1024 * 1024

export interface SealParts {
  /** The identity's key as something that signs. */
  signer(identity: SendingIdentity): Promise<RequestSigner>
  /** Milliseconds since 1970. */
  now(): number
}

/** What goes over the wire, and how its signature came about; null where nothing was signed. */
export interface Sealed {
  readonly request: SealedRequest
  readonly signature: SignatureTrace | null
}

function plainHeaders(prepared: Prepared): [string, string][] {
  const headers = prepared.headers.map(([name, value]): [string, string] => [name, value])
  const has = (name: string) => headers.some(([other]) => other.toLowerCase() === name)
  if (prepared.grant !== null) headers.unshift(['Authorization', `Bearer ${prepared.grant.accessToken}`])
  if (prepared.body !== null && !has('content-type'))
    headers.push(['Content-Type', prepared.operation.body?.contentType ?? 'application/json'])
  if (!has('accept')) headers.push(['Accept', 'application/json, application/problem+json'])
  if (!has('user-agent')) headers.push(['User-Agent', 'tpp-workbench'])
  return headers
}

function withoutOmitted(
  headers: readonly (readonly [string, string])[],
  omit: readonly string[],
): (readonly [string, string])[] {
  const names = new Set(omit.map((name) => name.toLowerCase()))
  return headers.filter(([name]) => !names.has(name.toLowerCase()))
}

/** Signed last, so that what is signed is what is sent. Throws HEADER_INVALID by name. */
export async function seal(prepared: Prepared, parts: SealParts): Promise<Sealed> {
  const body = prepared.body === null ? null : Buffer.from(prepared.body, 'utf8')
  const headers = plainHeaders(prepared)
  const { method } = prepared
  const { signing } = prepared.bank
  const signature =
    prepared.bank.signs(prepared.operation) && prepared.identity !== null
      ? await signing.sign(
          { method, url: new URL(prepared.url), headers, body },
          await parts.signer(prepared.identity),
          new Date(parts.now()),
        )
      : { headers: [], trace: null }
  const request = sealRequest({
    method,
    url: prepared.url,
    headers: withoutOmitted([...headers, ...signature.headers], prepared.draft.omit ?? []),
    body,
    limits: { deadline: prepared.draft.deadline, bodyCap },
  })
  return { request, signature: signature.trace }
}
