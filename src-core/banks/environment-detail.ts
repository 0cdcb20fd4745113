/** One environment of a bank with everything a person can set for it, and where each value comes from. */
import { environmentOverrideSchema, type ProxyAccess } from '#shared/bank-environment.ts'
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import type { Bank } from './bank.ts'
import { assumptionViews, environmentView } from './bank-views.ts'

/** URLs the running sandbox gives its hosts; empty where it does not run or does not serve the bank. */
export type SandboxUrls = Readonly<Record<string, string>>

/** @param folder the bank as its folder says @param here the same bank opened at the environment */
export function environmentDetail(folder: Bank, here: Bank, id: string, sandboxUrls: SandboxUrls): EnvironmentDetail {
  const environment = here.environment(id)
  const override = here.override ?? environmentOverrideSchema.parse({})
  const local = environment.kind === 'local-sandbox'
  const urlOf = (host: string): Pick<EnvironmentDetail['hosts'][number], 'url' | 'urlFrom'> => {
    const own = override.urls[host] ?? ''
    if (own !== '') return { url: own, urlFrom: 'yours' }
    const printed = folder.environment(id).urls[host] ?? ''
    if (printed !== '') return { url: printed, urlFrom: 'document' }
    const served = local ? (sandboxUrls[host] ?? '') : ''
    return { url: served, urlFrom: served === '' ? 'none' : 'sandbox' }
  }
  return {
    ...environmentView(here, environment, Object.keys(sandboxUrls).length > 0),
    bank: here.id,
    note: environment.note ?? null,
    hosts: Object.entries(here.profile.hosts).map(([host, { description, browser, clientCertificate }]) => ({
      id: host,
      description,
      browser,
      ...urlOf(host),
      clientCertificate,
      certificateFrom: override.certificates[host] === undefined ? 'document' : 'yours',
    })),
    signing: here.profile.signing,
    signingFrom: override.signing === undefined ? 'document' : 'yours',
    parameters: parametersOf(here),
    assumptions: assumptionViews(here),
    proxy: proxyView(environment.proxy),
    override,
  }
}

function proxyView(proxy: ProxyAccess | undefined): EnvironmentDetail['proxy'] {
  if (proxy === undefined) return null
  const { url, user = null, password } = proxy
  return { url, user, password: password === undefined ? 'not-set' : 'set' }
}

/** Each declared parameter once, whatever number of operations has it. */
function parametersOf(bank: Bank): EnvironmentDetail['parameters'] {
  const found = new Map<string, EnvironmentDetail['parameters'][number]>()
  for (const { parameters } of bank.operations)
    for (const { name, in: place, required, value, description } of parameters) {
      const key = `${place} ${name}`
      if (!found.has(key)) found.set(key, { key, required, value, description })
    }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}
