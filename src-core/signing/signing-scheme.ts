/** What a signing scheme is given, what it returns, and what it needs of a key. */

/** One attribute of an X.501 name. */
export interface IssuerAttribute {
  /** Dotted. */
  readonly oid: string
  /** Text of the value; null where it is no ASN.1 string or does not decode. */
  readonly value: string | null
  /** The value as it stands in the certificate: header and content. */
  readonly der: Uint8Array
}

/** A key that signs without being shown, and what of its certificate goes into a signature. */
export interface RequestSigner {
  readonly algorithm: 'RSA' | 'EC'
  /** NIST's name of the curve, such as P-256; left out for RSA. */
  readonly curve?: string
  /**
   * RSA: RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2), or with `pss` RSASSA-PSS (section 8.1) with a salt as long as the hash.
   * EC: ECDSA, the signature in DER (RFC 3279 section 2.2.3).
   */
  sign(hash: 'sha256' | 'sha512', data: Uint8Array, padding?: 'pkcs1' | 'pss'): Promise<Buffer>
  /** Leaf. */
  readonly certificatePem: string
  /** Issuing certificates, leaf's issuer first. */
  readonly chainPem?: readonly string[]
  /** Relative names of the leaf's issuer in the order of the certificate; most have one attribute. */
  readonly issuer: readonly (readonly IssuerAttribute[])[]
  /** Serial number of the leaf: upper-case hexadecimal as OpenSSL writes it, without 0x. */
  readonly serial: string
}

export type Header = readonly [name: string, value: string]

/** A request whose body and own headers are final. */
export interface SigningRequest {
  readonly method: string
  readonly url: URL
  readonly headers: readonly Header[]
  readonly body: Uint8Array | null
}

/** How a signature came about, for people. Holds nothing that is not in the request too. */
export interface SignatureTrace {
  /** As the scheme names it, such as rsa-sha256 or PS256. */
  readonly algorithm: string
  /** Null where the scheme has none. */
  readonly keyId: string | null
  /** Lower case, in the order they were signed. */
  readonly signedHeaders: readonly string[]
  /** What was signed; its bytes are Latin-1, as those of the headers on the wire. */
  readonly signingString: string
  /** Bytes of the body that were hashed; 0 where there is none. */
  readonly digestInput: number
  /** Value of the Digest header as it is sent; null when the request has none. */
  readonly digest: string | null
  /** Value that fits the body: another one than `digest` when somebody set that by hand. */
  readonly digestOfBody: string
  /** Headers of the scheme that the request brought itself and that were left as they are; lower case. */
  readonly byHand: readonly string[]
  /** Whether the value was put into an encoded-word (RFC 2047). */
  readonly wrapped: boolean
  /** JSON of the JOSE header; null for other schemes. */
  readonly protectedHeader: string | null
}

export interface SignatureResult {
  /** To be added behind the request's own, in this order. */
  readonly headers: readonly Header[]
  /** Null when nothing was signed. */
  readonly trace: SignatureTrace | null
}

/** An entry of the table, with the parameters of one bank. */
export interface SigningScheme {
  /** Whether requests are signed, so that a key is needed. */
  readonly signs: boolean
  /**
   * Adds nothing that the request has already: a value set by hand is sent as it is, also a wrong one.
   * @param now goes into the Date header and the claimed signing time.
   * @throws Fault HEADER_INVALID, PARAMETER_MISSING, KEY_WEAK, KEY_UNSUITABLE and what the signer throws
   */
  sign(request: SigningRequest, signer: RequestSigner, now: Date): Promise<SignatureResult>
}
