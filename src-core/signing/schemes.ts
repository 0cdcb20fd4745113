/** The table of signing schemes: how a bank wants its requests signed. */

/** Adds what a scheme needs to the headers of a request whose body and other headers are final. */
export interface SigningScheme {
  readonly name: string
  /** Whether a QSEAL or QWAC key has to sign. */
  readonly needsKey: boolean
  sign(request: SigningInput): Promise<readonly (readonly [string, string])[]>
}

export interface SigningInput {
  readonly method: string
  readonly url: URL
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array | null
}

/** Nothing is signed at message level: the client certificate of the connection is the only proof. */
const none: SigningScheme = { name: 'none', needsKey: false, sign: () => Promise.resolve([]) }

export const signingSchemes = { none } as const satisfies Record<string, SigningScheme>
