/** The proxy of an environment on the command line: its address and user as words, its password only from a file. */
import type { EnvironmentOverride } from '#shared/bank-environment.ts'
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import { Fault } from '#shared/fault.ts'
import type { Arguments, Options } from '../command.ts'
import { readSecretFile } from './access-run.ts'

export const proxyOptions = {
  proxy: { type: 'string', value: 'URL|none', description: 'HTTP proxy, http://host:port; none: straight to the bank' },
  'proxy-user': { type: 'string', value: 'NAME', description: 'User name for the proxy; none removes it' },
  'proxy-password-file': {
    type: 'string',
    value: 'FILE',
    description: 'File with the password for the proxy, kept in the key store; - is standard input',
  },
  'forget-proxy-password': { type: 'boolean', description: 'Remove the password for the proxy from the key store' },
} as const satisfies Options

/** Whether one of them changes what is set; the password may also come beside --from. */
export const setsProxy = (given: Arguments): boolean =>
  given.text('proxy') !== undefined || given.text('proxy-user') !== undefined

type Proxy = EnvironmentOverride['proxy']

/** @param used the proxy as it is in use: the bank's own, where nobody set one */
export function changedProxy(before: Proxy, used: EnvironmentDetail['proxy'], given: Arguments): { proxy?: Proxy } {
  const [url, user] = [given.text('proxy'), given.text('proxy-user')]
  if (url === 'none') {
    if (user === undefined) return { proxy: undefined }
    throw new Fault('USAGE', 'A user name needs a proxy: --proxy none removes both.', { option: 'proxy-user' })
  }
  if (!setsProxy(given)) return before === undefined ? {} : { proxy: before }
  const address = url ?? before?.url ?? used?.url
  if (address === undefined)
    throw new Fault('USAGE', 'The environment has no proxy yet: give its address with --proxy URL.', {
      option: 'proxy-user',
    })
  const name = user ?? before?.user
  return { proxy: { ...before, url: address, user: name === 'none' || name === '' ? undefined : name } }
}

/** What goes beside the settings: a password to be kept, null to remove it, nothing to leave it. */
export async function readProxyPassword(given: Arguments): Promise<{ proxyPassword?: string | null }> {
  const file = given.text('proxy-password-file')
  const forget = given.flag('forget-proxy-password')
  if (forget && file !== undefined)
    throw new Fault('USAGE', 'Give a password for the proxy or forget it, not both.', {
      option: 'forget-proxy-password',
    })
  if (file !== undefined) return { proxyPassword: await readSecretFile(file) }
  return forget ? { proxyPassword: null } : {}
}

export function proxyWords({ proxy }: EnvironmentDetail): string[] {
  if (proxy === null) return []
  const { url, user, password } = proxy
  if (user === null) return [`Proxy: ${url}, without user and password.`]
  return [`Proxy: ${url}, user ${user}, password ${password === 'set' ? 'set' : 'not set'}.`]
}
