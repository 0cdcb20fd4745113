/** Tells when a name is resolved: a socket that tries several addresses says nothing of it itself. */
import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'

/** @param lookup left out: the machine's resolver */
export function watchLookup(lookup: LookupFunction | undefined, resolved: () => void): LookupFunction {
  const inner: LookupFunction = lookup ?? (systemLookup as LookupFunction)
  return (hostname, options, done) => {
    inner(hostname, options, (error, address, family) => {
      if (error === null) resolved()
      done(error, address, family)
    })
  }
}
