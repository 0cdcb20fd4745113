/** The way through an environment's proxy, as the transport takes it. */
import type { ProxyAccess } from '#shared/bank-environment.ts'
import type { ProxyRoute } from '../http/proxy-tunnel.ts'
import type { ProxyPasswords, ProxyPlace } from './proxy-passwords.ts'

/** The password is asked for when a tunnel is opened, and held by nobody. null without a proxy. */
export function proxyRoute(
  place: ProxyPlace,
  proxy: ProxyAccess | undefined,
  passwords: Pick<ProxyPasswords, 'read'>,
): ProxyRoute | null {
  if (proxy === undefined) return null
  if (proxy.password === undefined) return { url: proxy.url }
  const account = `${place.bank}/${place.environment}/${proxy.user}`
  return { url: proxy.url, account, credentials: () => passwords.read(place, proxy) }
}
