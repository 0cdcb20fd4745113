/** A certificate in a log: its fingerprint, and the identity here that has it. */
import { identities } from '../live-data.ts'

/** @param sha256 of its DER, lower-case hexadecimal. */
export function CertificateWords({ sha256 }: { readonly sha256: string }) {
  const own = identities().value?.find((identity) => identity.sha256 === sha256)
  return (
    <>
      {own === undefined ? 'of no identity here' : `of the identity ${own.name}`}{' '}
      <span className="font-mono text-sm wrap-anywhere text-muted">SHA-256 {sha256}</span>
    </>
  )
}
