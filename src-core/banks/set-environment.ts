/** Keeps what a person set for an environment: everything but the proxy's password in its file, that one in the key store. */
import type { EnvironmentOverride } from '#shared/bank-environment.ts'
import { Fault } from '#shared/fault.ts'
import type { EnvironmentOverrides } from './environment-overrides.ts'
import { type ProxyPasswords, type ProxyPlace, sameProxy } from './proxy-passwords.ts'

export interface EnvironmentBooks {
  readonly overrides: EnvironmentOverrides
  readonly proxyPasswords: ProxyPasswords
}

/** The setting with its mark of a kept password, which nobody but this module makes. */
function marked(override: EnvironmentOverride, kept: boolean): EnvironmentOverride {
  const { proxy, ...others } = override
  if (proxy === undefined) return others
  const { password: _, ...access } = proxy
  return { ...others, proxy: kept ? { ...access, password: 'key-store' } : access }
}

/**
 * @param password undefined keeps the one there is, as long as proxy and user are the same; null removes it
 * @throws Fault INPUT_INVALID for a password without a user, and what the key store throws
 */
export async function keepEnvironment(
  place: ProxyPlace,
  override: EnvironmentOverride,
  password: string | null | undefined,
  { overrides, proxyPasswords }: EnvironmentBooks,
): Promise<void> {
  const { bank, environment } = place
  const { proxy } = override
  // What cannot be read is replaced.
  const before = await overrides.read(bank, environment).catch(() => null)
  if (typeof password === 'string') {
    if (proxy?.user === undefined)
      throw new Fault('INPUT_INVALID', "The proxy's password needs a proxy and a user name beside it.", {
        field: proxy === undefined ? 'proxy.url' : 'proxy.user',
      })
    // First the secret: an environment that speaks of a password has one.
    await proxyPasswords.keep(place, { ...proxy, user: proxy.user }, password)
    await overrides.write(bank, environment, marked(override, true))
    return
  }
  const had = before?.proxy?.password !== undefined
  const stays = password === undefined && had && sameProxy(before?.proxy, proxy)
  await overrides.write(bank, environment, marked(override, stays))
  if (had && !stays) await proxyPasswords.forget(place)
}

/** Back to what the bank's folder says, password included. */
export async function forgetEnvironment(
  place: ProxyPlace,
  { overrides, proxyPasswords }: EnvironmentBooks,
): Promise<void> {
  const before = await overrides.read(place.bank, place.environment).catch(() => null)
  await overrides.remove(place.bank, place.environment)
  if (before?.proxy?.password !== undefined) await proxyPasswords.forget(place)
}
