/** A request that can no longer change: what was signed is what the transport sends. */
import { Fault } from '#shared/fault.ts'

/** Limits of one call: milliseconds from its start to the last byte, and bytes of the body after content decoding. */
export interface CallLimits {
  readonly deadline: number
  readonly bodyCap: number
}

/** Everything a sealed request is made of. */
export interface RequestParts {
  readonly method: string
  /** Absolute https URL. */
  readonly url: string
  /** In the order to be sent; names as to be sent. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array | null
  readonly limits: CallLimits
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** RFC 9110 section 5.5 as this transport can send it: printable Latin-1, no CR, LF or NUL. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Fields of the connection and of the message's framing (RFC 9112 section 6): undici writes them, and a request that brings its own blocks the connection. */
const framing = new Set(['content-length', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade'])

/** Refuses, by name, a header that HTTP/1.1 cannot carry or that is the transport's own to write. */
export function checkHeader(name: string, value: string): void {
  if (!token.test(name)) {
    throw new Fault(
      'HEADER_INVALID',
      `The header name ${JSON.stringify(name)} has a character that is not allowed in names.`,
      { header: name },
    )
  }
  if (framing.has(name.toLowerCase())) {
    const message = `The header ${name} is written by the transport itself. Remove it from the request.`
    throw new Fault('HEADER_INVALID', message, { header: name })
  }
  if (fieldValue.test(value)) return
  const what = /[\r\n]/.test(value)
    ? 'a line break'
    : /\0/.test(value)
      ? 'a NUL character'
      : 'a character outside Latin-1'
  throw new Fault(
    'HEADER_INVALID',
    `The header ${name} holds ${what}, which HTTP cannot carry. Remove it or encode the value.`,
    { header: name },
  )
}

/** Only `sealRequest` makes one; the transport takes nothing else. */
export class SealedRequest {
  readonly method: string
  readonly url: URL
  readonly headers: readonly (readonly [string, string])[]
  readonly limits: CallLimits
  readonly #body: Buffer | null

  private constructor(parts: RequestParts) {
    this.method = parts.method
    this.url = Object.freeze(new URL(parts.url))
    this.headers = Object.freeze(parts.headers.map(([name, value]) => Object.freeze([name, value] as const)))
    this.limits = Object.freeze({ ...parts.limits })
    this.#body = parts.body === null ? null : Buffer.from(parts.body)
    Object.freeze(this)
  }

  /** A copy of the bytes to send. */
  body(): Buffer | null {
    return this.#body === null ? null : Buffer.from(this.#body)
  }

  static seal(parts: RequestParts): SealedRequest {
    for (const [name, value] of parts.headers) checkHeader(name, value)
    const url = new URL(parts.url)
    if (url.protocol !== 'https:') {
      throw new Fault(
        'ENVIRONMENT_INCOMPLETE',
        `${url.origin} is not an https address. Calls that carry an identity go over TLS only.`,
        { url: url.origin },
      )
    }
    return new SealedRequest(parts)
  }
}

/** Checks and freezes a request; the body is copied. */
export const sealRequest = SealedRequest.seal
