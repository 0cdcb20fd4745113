/** Turns an ECDSA signature from DER into the two numbers side by side that JWS wants (RFC 7518 section 3.4, IEEE P1363). */

/**
 * @param der SEQUENCE of the INTEGERs r and s, shorter than 128 bytes: so up to P-384.
 * @param size bytes of one number, 32 for P-256.
 */
export function ecdsaConcatenation(der: Uint8Array, size: number): Buffer {
  const joined = Buffer.alloc(2 * size)
  let at = 2
  for (const end of [size, 2 * size]) {
    const length = der[at + 1]!
    const number = der.subarray(at + 2, at + 2 + length)
    // DER drops leading zeros, and puts one before a number whose first bit is set.
    const digits = number[0] === 0 ? number.subarray(1) : number
    joined.set(digits, end - digits.length)
    at += 2 + length
  }
  return joined
}
