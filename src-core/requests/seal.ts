/** Adds token and signature to a prepared call and freezes it. */
import { type SealedRequest, sealRequest } from '../http/sealed-request.ts'
import type { Prepared } from './prepared.ts'

/** Bytes of an answer's body after decompression. */
const bodyCap = 64 * 1024 * 1024

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

/** Throws HEADER_INVALID by name. What comes back is what goes over the wire. */
export async function seal(prepared: Prepared): Promise<SealedRequest> {
  const body = prepared.body === null ? null : Buffer.from(prepared.body, 'utf8')
  const headers = plainHeaders(prepared)
  const { method } = prepared.operation
  const signature = await prepared.bank.signing.sign({ method, url: new URL(prepared.url), headers, body })
  return sealRequest({
    method,
    url: prepared.url,
    headers: [...headers, ...signature],
    body,
    limits: { deadline: prepared.draft.deadline, bodyCap },
  })
}
