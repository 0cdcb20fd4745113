/** What the signature debugger is given and what its parts say to one another. */
import type { SignatureDifference } from '#shared/contract/signature-debug.ts'
import type { Header, IssuerAttribute } from '../signing-scheme.ts'

export interface DebugRequest {
  readonly method: string
  /** Path and query; null where the report names none. */
  readonly target: string | null
  readonly host: string | null
  /** As sent, in their order. */
  readonly headers: readonly Header[]
  readonly body: Uint8Array | null
  /** Whether `body` is what was sent, byte for byte. */
  readonly bodyKnown: boolean
}

export type Names = readonly (readonly IssuerAttribute[])[]

/** Names of a certificate, relative names in its order. @throws for bytes that are no certificate */
export type ReadNames = (der: Uint8Array) => { readonly issuer: Names; readonly subject: Names }

export interface DebugParts {
  readonly readNames: ReadNames
  /** PEM of the identity an own exchange went out with; null for a foreign request. */
  readonly identityPem: string | null
}

/** What stands where the workbench took a secret out: it cannot be hashed or verified. */
export type IsMasked = (value: string) => boolean

/** Collects differences in the order they are met; the same one at the same place counts once. */
export function createFindings() {
  const found: SignatureDifference[] = []
  return {
    found,
    add(
      id: SignatureDifference['id'],
      where: string,
      message: string,
      { wanted = null, found: is = null }: { wanted?: string | null; found?: string | null } = {},
    ): void {
      if (found.some((each) => each.id === id && each.where === where)) return
      found.push({ id, where, message, wanted, found: is })
    },
  }
}
export type Findings = ReturnType<typeof createFindings>

/** Standard base64 to the letter (RFC 4648 section 4); null for anything else. */
export function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return text !== '' && bytes.toString('base64') === text ? bytes : null
}
