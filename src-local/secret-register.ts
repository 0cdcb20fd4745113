/** Keeps random secrets as digests in memory: what is read from a dump opens nothing, and comparing tells nobody how near they were. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export interface SecretRegister {
  /** A new secret: 256 random bits as base64url. @param lifetime milliseconds, where it shall be shorter than the rule */
  issue(lifetime?: number): string
  /** Whether the secret was issued here and is still good. */
  accepts(secret: string): boolean
  /** As `accepts`; a good one is used up by it. */
  redeem(secret: string): boolean
}

export interface RegisterRules {
  /** Milliseconds a secret is good for; left out, as long as this process lives. */
  readonly lifetime?: number
  /** Milliseconds of a clock that only goes forward. */
  now?(): number
}

interface Entry {
  readonly digest: Buffer
  readonly until: number
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Not the wall clock: setting the time back must not bring an old secret to life. */
const steadyClock = (): number => performance.now()

export function createSecretRegister({ lifetime = Infinity, now = steadyClock }: RegisterRules = {}): SecretRegister {
  let entries: readonly Entry[] = []

  const find = (secret: string): Entry | undefined => {
    entries = entries.filter(({ until }) => now() < until)
    const wanted = digestOf(secret)
    // Every entry is compared, so that the time taken does not depend on which one fits.
    return entries.filter(({ digest }) => timingSafeEqual(digest, wanted))[0]
  }
  return {
    issue(own = lifetime) {
      const secret = randomBytes(32).toString('base64url')
      entries = [...entries, { digest: digestOf(secret), until: now() + Math.min(own, lifetime) }]
      return secret
    },
    accepts: (secret) => find(secret) !== undefined,
    redeem(secret) {
      const found = find(secret)
      entries = entries.filter((entry) => entry !== found)
      return found !== undefined
    },
  }
}

/** Whether two texts are the same, in a time that does not depend on where they differ. */
export const sameSecret = (one: string, other: string): boolean => timingSafeEqual(digestOf(one), digestOf(other))
