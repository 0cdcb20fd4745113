/** Which operations of a bank are signed: a scheme stands for the whole bank, but not every interface of it wants one. */
import type { SigningProfile } from '#shared/signing-profile.ts'
import type { Operation } from './bank.ts'

const declares = (operation: Operation, header: string): boolean =>
  operation.parameters.some((each) => each.in === 'header' && each.name.toLowerCase() === header)

/** Those that declare the signature's header; where none does, as in a document that leaves it out, all of them. */
export function signedOperations(
  operations: readonly Operation[],
  profile: SigningProfile,
): (operation: Operation) => boolean {
  if (profile.scheme === 'none') return () => false
  const header = profile.scheme === 'detached-jws' ? profile.header.toLowerCase() : 'signature'
  if (!operations.some((operation) => declares(operation, header))) return () => true
  return (operation) => declares(operation, header)
}
