/** Hands the one send path and the flows over it what they draw on of every area. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { SecureContext } from 'node:tls'
import type { Exchange, Finding } from '#shared/contract/exchange.ts'
import type { Draft } from '#shared/contract/requests.ts'
import type { AccessRouterParts } from './access/access-router.ts'
import { chooseGrant } from './access/choose-grant.ts'
import { createWitness, isWitnessed } from './access/witness.ts'
import type { Bank } from './banks/bank.ts'
import type { ProxyPasswords } from './banks/proxy-passwords.ts'
import { proxyRoute } from './banks/proxy-route.ts'
import { withProcessLock } from './files/process-lock.ts'
import { clientContext, trustKey, withBuiltInRoots } from './http/client-context.ts'
import type { Connection } from './http/connect.ts'
import { knowledgeOfCalls } from './knowledge-of-calls.ts'
import type { Parts } from './open-parts.ts'
import type { Ports } from './ports.ts'
import type { Endpoints } from './requests/prepared.ts'
import type { RepeatParts } from './requests/repeat.ts'
import { type SendParts, send } from './requests/send.ts'

/** Connections without a client certificate, one context per trust, so that they are kept alive like any other. */
function anonymousConnections(): (endpoints: Endpoints) => Promise<Connection> {
  const made = new Map<string, SecureContext>()
  return async ({ ca, proxy = null }) => {
    const key = trustKey(ca)
    const known = made.get(key)
    const secureContext = known ?? clientContext({ ca, client: null })
    made.set(key, secureContext)
    return { id: '-', secureContext, clientCertificate: null, proxy }
  }
}

/** URLs a person or the bank's document names go before those of the running sandbox, which then is not needed. */
async function endpointsOf(
  bank: Bank,
  environment: string,
  sandbox: () => Promise<Endpoints>,
  passwords: ProxyPasswords,
): Promise<Endpoints> {
  const { kind, urls, ca } = bank.environment(environment)
  const proxy = proxyRoute({ bank: bank.id, environment }, bank.environment(environment).proxy, passwords)
  const whole = Object.keys(bank.profile.hosts).every((host) => (urls[host] ?? '') !== '')
  if (kind !== 'local-sandbox' || whole) return { urls, ca: withBuiltInRoots(ca), proxy }
  const served = await sandbox()
  return { urls: { ...served.urls, ...urls }, ca: served.ca }
}

/** The one send path with what it draws on. */
export function sendPartsOf({
  banks,
  identities,
  sandbox,
  access,
  transport,
  large,
  log,
  feed,
  proxyPasswords,
  overrides,
}: Parts): SendParts {
  const anonymous = anonymousConnections()
  return {
    banks,
    endpoints: (bank, id) => endpointsOf(bank, id, () => sandbox.endpoints(bank.id), proxyPasswords),
    identity: identities.resolve,
    grant: (wish) => chooseGrant(access.book, wish, { used: (id) => access.unattended.used(id, Date.now()) }),
    knowledge: knowledgeOfCalls({ access, log, overrides, banks }),
    witness: createWitness({ ...access, now: Date.now, changed: () => feed.publish({ area: 'access' }) }),
    async connection(identity, endpoints) {
      if (identity === null) return anonymous(endpoints)
      const { id, sha256, subject } = identity
      return {
        id,
        secureContext: await identities.secureContext(id, endpoints.ca),
        clientCertificate: { sha256, subject },
        proxy: endpoints.proxy ?? null,
      }
    },
    transport,
    large,
    signer: (identity) => identities.signer(identity.id),
    async record(exchange: Exchange, draft?: Draft, tell?: (finding: Finding) => void) {
      await large.settled(exchange, log.record(exchange, draft, tell))
      feed.publish({ area: 'history', id: exchange.id })
    },
    now: Date.now,
  }
}

export function accessPartsOf(parts: Parts, sendParts: SendParts, ports: Ports): AccessRouterParts {
  const { at, banks, identities, sandbox, access, feed } = parts
  return {
    ...access,
    banks,
    endpoints: sendParts.endpoints,
    identity: identities.resolve,
    send(draft, signal, place) {
      if (place === undefined) return send(draft, sendParts, signal)
      // A server the bank links to: the same path, with the addresses that were found.
      const there = { banks: { at: async () => place.bank }, endpoints: async () => place.endpoints }
      return send(draft, { ...sendParts, ...there }, signal)
    },
    now: Date.now,
    openInBrowser: ports.openInBrowser,
    sandboxCustomer: sandbox.customer,
    clickAsCustomer: (bank, url, psu, decision) => sandbox.click(bank, { url, psu, decision }),
    changed: () => feed.publish({ area: 'access' }),
    async lock(grant, work) {
      await mkdir(at.locks, { recursive: true, mode: 0o700 })
      const file = join(at.locks, `${grant}.lock`)
      return withProcessLock(file, `the refresh of grant ${grant}`, { timeoutMilliseconds: 30_000 }, work)
    },
  }
}

/** What many calls in a row draw on beside what one does. */
export function repeating({ log, large, feed }: Parts, access: AccessRouterParts): Omit<RepeatParts, keyof SendParts> {
  return {
    async recordTogether(exchange, draft, tell) {
      await large.settled(exchange, log.recordTogether(exchange, draft, tell))
      feed.publish({ area: 'history', id: exchange.id })
    },
    flushRecords: log.flush,
    isWitnessed,
    async renew(id) {
      const { book, registrations, lock } = access
      if (!(await book.find(id)).refreshable) return false
      const { refreshGrant } = await import('./access/refresh-grant.ts')
      await refreshGrant(id, access, registrations, book, lock)
      access.changed()
      return true
    },
  }
}
