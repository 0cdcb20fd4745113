/** Keeps the password an environment's proxy asks for in the key store, bound to the proxy and the user it is for. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ProxyAccess } from '#shared/bank-environment.ts'
import { Fault } from '#shared/fault.ts'
import type { SecretStore } from '../secrets/secret-store.ts'

const secretSchema = z.object({ proxy: z.string(), user: z.string(), password: z.string() })

/** Whose proxy it is: one environment of one bank. */
export interface ProxyPlace {
  readonly bank: string
  readonly environment: string
}

export interface ProxyPasswords {
  /** Throws what the key store throws. */
  keep(place: ProxyPlace, proxy: ProxyAccess & { readonly user: string }, password: string): Promise<void>
  /** Throws SECRET_ABSENT where there is none for this proxy and user, SECRET_DAMAGED. */
  read(place: ProxyPlace, proxy: ProxyAccess): Promise<{ readonly user: string; readonly password: string }>
  forget(place: ProxyPlace): Promise<void>
}

/** A digest, because ids of banks may be longer than the name of a secret. */
function secretName({ bank, environment }: ProxyPlace): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([bank, environment]))
    .digest('hex')
  return `proxy-${digest.slice(0, 32)}`
}

const hostOf = ({ url }: ProxyAccess): string => new URL(url).host

/** Whether a password for the one would be given to the other, too. */
export const sameProxy = (one: ProxyAccess | undefined, other: ProxyAccess | undefined): boolean =>
  one !== undefined && other !== undefined && hostOf(one) === hostOf(other) && one.user === other.user

const again = 'Set it again in the environment: Banks, or tpp environment … --proxy-password-file FILE.'

export function createProxyPasswords(store: SecretStore): ProxyPasswords {
  return {
    async keep(place, proxy, password) {
      const secret = { proxy: hostOf(proxy), user: proxy.user, password }
      await store.set(secretName(place), Buffer.from(JSON.stringify(secret), 'utf8'))
    },
    async read(place, proxy) {
      const bytes = await store.get(secretName(place))
      const absent = `The password for the proxy ${hostOf(proxy)} is not in the key store any more. ${again}`
      if (bytes === null) throw new Fault('SECRET_ABSENT', absent, { ...place, proxy: hostOf(proxy) })
      try {
        const kept = secretSchema.parse(JSON.parse(bytes.toString('utf8')))
        // Whoever changes the environment's file does not get the password sent elsewhere.
        if (kept.proxy === hostOf(proxy) && kept.user === proxy.user)
          return { user: kept.user, password: kept.password }
      } catch {
        // Without its cause: a parser's message quotes what it read.
        throw new Fault('SECRET_DAMAGED', `The password for the proxy in the key store is damaged. ${again}`, {
          ...place,
        })
      } finally {
        bytes.fill(0)
      }
      throw new Fault('SECRET_ABSENT', absent, { ...place, proxy: hostOf(proxy) })
    },
    async forget(place) {
      await store.delete(secretName(place))
    },
  }
}
