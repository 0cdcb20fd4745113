/** Where the sandbox can be reached from: this machine only, unless its keeper said otherwise. */
import { isIP, isIPv6 } from 'node:net'
import { Fault } from '#shared/fault.ts'

export interface Exposure {
  /** Address every server but the local control API listens on. */
  readonly address: string
  /** Names and addresses it goes by; the first stands in URLs, all of them in the server certificate. */
  readonly hosts: readonly [string, ...string[]]
  /** Other machines can reach it: then nothing leaves without TLS. */
  readonly shared: boolean
}

const loopbackHosts = ['127.0.0.1', 'localhost'] as const

export const loopbackOnly: Exposure = { address: '127.0.0.1', hosts: loopbackHosts, shared: false }

const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1'
const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::'

/** As it stands in a URL. */
export const urlHost = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

function checkName(name: string): string {
  const lower = name.toLowerCase()
  if (isIP(lower) || /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62}\.?)*$/.test(lower)) return lower
  throw new Fault('USAGE', `--host takes a host name or an address, not "${name}".`, { host: name })
}

/** @throws Fault USAGE */
export function exposureOf(listen: string | undefined, names: readonly string[]): Exposure {
  const address = listen ?? '127.0.0.1'
  if (!isIP(address))
    throw new Fault('USAGE', `--listen takes an IP address of this machine, or 0.0.0.0 for all, not "${address}".`)
  const shared = !isLoopback(address)
  const given = names.map(checkName)
  if (isWildcard(address) && given.length === 0)
    throw new Fault('USAGE', `With --listen ${address}, name with --host how other machines call this one.`)
  const own = isWildcard(address) ? [] : [address]
  const [first, ...others] = [...new Set([...given, ...own, ...loopbackHosts])]
  return { address, hosts: [first ?? address, ...others], shared }
}
