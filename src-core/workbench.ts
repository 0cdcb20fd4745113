/** Puts the engine together: every area gets what it draws on as an argument, and the contract gets its handlers. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { SecureContext } from 'node:tls'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient, implement } from '@orpc/server'
import { type Contract, contract } from '#shared/contract/contract.ts'
import type { Draft, Exchange, Finding } from '#shared/contract/requests.ts'
import { isFault } from '#shared/fault.ts'
import { toWire } from '#shared/wire.ts'
import { openAccessBooks } from './access/access-books.ts'
import { type AccessRouterParts, accessRouter } from './access/access-router.ts'
import { chooseGrant } from './access/choose-grant.ts'
import { createWitness, isWitnessed } from './access/witness.ts'
import type { Bank } from './banks/bank.ts'
import { createBankShelf } from './banks/bank-shelf.ts'
import { banksRouter } from './banks/banks-router.ts'
import { createEnvironmentOverrides } from './banks/environment-overrides.ts'
import { createProxyPasswords, type ProxyPasswords } from './banks/proxy-passwords.ts'
import { proxyRoute } from './banks/proxy-route.ts'
import { withProcessLock } from './files/process-lock.ts'
import { removeDurably, writeAtomically } from './files/write-atomically.ts'
import { createExchangeLog } from './history/exchange-log.ts'
import { historyRouter } from './history/history-router.ts'
import { clientContext, trustKey, withBuiltInRoots } from './http/client-context.ts'
import type { Connection } from './http/connect.ts'
import { createBodyFolder } from './http/body-folder.ts'
import { createTransport } from './http/transport.ts'
import { certificateNames } from './keys/certificate-names.ts'
import { createIdentities } from './keys/identities.ts'
import { readRecord } from './keys/identity-records.ts'
import { keysRouter } from './keys/keys-router.ts'
import { knowledgeOfCalls } from './knowledge-of-calls.ts'
import type { Ports } from './ports.ts'
import type { Endpoints } from './requests/prepared.ts'
import { readErrorWords } from './requests/explain/read-words.ts'
import type { RepeatParts } from './requests/repeat.ts'
import { createLargeAnswers } from './requests/large-answers.ts'
import { readBody } from './requests/read-body.ts'
import { requestsRouter } from './requests/requests-router.ts'
import { type SendParts, send } from './requests/send.ts'
import type { ProvokeParts } from './sandbox/provoke.ts'
import { createSandboxArea } from './sandbox/sandbox-router.ts'
import { createSandboxServices } from './sandbox/sandbox-services.ts'
import { scratchOpener } from './scratch-workbench.ts'
import { createMemoryStore } from './secrets/memory-store.ts'
import { createChangeFeed } from './workspace/change-feed.ts'
import { createErrorLog } from './workspace/error-log.ts'
import { createKeyStore } from './workspace/key-store.ts'
import { createSettings } from './workspace/settings.ts'
import { createWindowMemory } from './workspace/window-state.ts'
import { workspaceRouter } from './workspace/workspace-router.ts'

/** The typed client every host hands to its user. */
export type WorkbenchClient = ContractRouterClient<Contract>

export interface Workbench {
  /** Answers every call of the contract, in process. */
  readonly client: WorkbenchClient
  /** The same for a transport to serve, with what every call has to go through (`clientInterceptors`). */
  readonly router: WorkbenchRouter
  readonly intercept: CallInterceptor
  /** Drops keys, tokens and connections held in memory (screen lock, suspend). */
  lock(): Promise<void>
  /** Resolves when the sandbox started here has ended. */
  sandboxEnded(): Promise<void>
  /** Closes connections and files and stops the sandbox started here. */
  close(): Promise<void>
}

function folders({ dataFolder, scratch }: Ports) {
  const at = (name: string) => join(dataFolder, name)
  const own = {
    identities: at('identities'),
    locks: at('locks'),
    secrets: at('secrets'),
    sandbox: at('sandbox'),
    banks: at('banks'),
    environments: at('environments'),
    bankCache: at(join('cache', 'banks')),
    logs: at('logs'),
    history: at('history.sqlite'),
    answers: join(dataFolder, 'cache', 'answers'),
  }
  if (scratch === undefined) return own
  const { sandbox = own.sandbox, bankCache, banks } = scratch
  return { ...own, sandbox, bankCache, banks }
}

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

/** Everything the areas draw on, opened over one data folder; nothing is read or contacted yet. */
function openParts(ports: Ports) {
  const at = folders(ports)
  const feed = createChangeFeed()
  const keyStore = createKeyStore({
    folder: at.secrets,
    settings: createSettings(ports.dataFolder),
    choice: ports.secrets.choice,
    passphrase: ports.secrets.passphrase,
    opened: () => feed.publish({ area: 'workspace' }),
    disk: {
      write: writeAtomically,
      remove: removeDurably,
      exclusive: (file, { signal }, work) =>
        withProcessLock(file, 'the key store', signal === undefined ? {} : { signal }, work),
    },
  })
  const secrets = ports.scratch === undefined ? keyStore.secrets : createMemoryStore()
  const sandbox = createSandboxServices(at.sandbox)
  const overrides = createEnvironmentOverrides(at.environments)
  const answers = createBodyFolder(at.answers)
  const transport = createTransport({ bodies: answers })
  const identities = createIdentities({
    folder: at.identities,
    secrets: () => secrets,
    orderCertificate: sandbox.orderCertificate,
  })
  const shelf = { shipped: join(ports.resourcesFolder, 'banks'), user: at.banks, cache: at.bankCache }
  const banks = createBankShelf(shelf, overrides.read)
  const log = createExchangeLog(at.history, {
    secrets,
    locks: at.locks,
    errorCode: async (bank, errorId) => (await banks.open(bank)).errors.find(({ id }) => id === errorId)?.code ?? null,
    identityName: async (id) => (await identities.resolve(id)).name,
    removed: (ids) => large.forget(ids),
  })
  const large = createLargeAnswers({ folder: answers, history: log.large })
  const access = openAccessBooks(ports.dataFolder, secrets)
  const provoking: ProvokeParts = {
    banks: banks.all,
    sandboxBank: (id) => createBankShelf(shelf, async () => null).at(id, 'sandbox'),
    openScratch: scratchOpener(ports, at, openWorkbench),
    readWords: readErrorWords,
    async record(exchange, draft) {
      await log.record(exchange, draft)
      feed.publish({ area: 'history', id: exchange.id })
    },
  }
  return {
    at,
    feed,
    keyStore,
    sandbox,
    transport,
    identities,
    sandboxArea: createSandboxArea(
      at.sandbox,
      ports.sandboxProgram,
      () => feed.publish({ area: 'sandbox' }),
      provoking,
    ),
    overrides,
    proxyPasswords: createProxyPasswords(secrets),
    banks,
    access,
    log,
    large,
    sweep: answers.sweep,
    window: createWindowMemory(ports.dataFolder),
    /** Keys, tokens and connections leave the memory; nothing is sent until the store is opened again. */
    async lock() {
      identities.forget()
      secrets.lock()
      log.lock()
      access.book.forget()
      access.challenges.forget()
      await transport.close()
      await large.close()
      await answers.close()
    },
  }
}
type Parts = ReturnType<typeof openParts>

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
function sendPartsOf({ banks, identities, sandbox, access, transport, large, log, feed, proxyPasswords }: Parts): SendParts {
  const anonymous = anonymousConnections()
  return {
    banks,
    endpoints: (bank, id) => endpointsOf(bank, id, () => sandbox.endpoints(bank.id), proxyPasswords),
    identity: identities.resolve,
    grant: (wish) => chooseGrant(access.book, wish, { used: (id) => access.unattended.used(id, Date.now()) }),
    knowledge: knowledgeOfCalls({ access, log }),
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

function accessPartsOf(parts: Parts, sendParts: SendParts, ports: Ports): AccessRouterParts {
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
function repeating({ log, large, feed }: Parts, access: AccessRouterParts): Omit<RepeatParts, keyof SendParts> {
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

function routerOf(parts: Parts, ports: Ports) {
  const { banks, overrides, proxyPasswords, identities, sandbox, sandboxArea, keyStore, log, feed, window, lock } = parts
  const sendParts = sendPartsOf(parts)
  const accessParts = accessPartsOf(parts, sendParts, ports)
  return implement(contract).router({
    banks: banksRouter({
      banks,
      overrides,
      proxyPasswords,
      places: { shipped: join(ports.resourcesFolder, 'banks'), user: parts.at.banks },
      checkFolder: async (folder) => (await import('./banks/check/check-folder.ts')).checkBankFolder(folder),
      sandboxBanks: sandbox.banks,
      sandboxUrls: (bank) =>
        sandbox.endpoints(bank).then(
          ({ urls }) => urls,
          () => ({}),
        ),
      requireIdentity: identities.resolve,
      changed: (bank) => feed.publish({ area: 'banks', id: bank }),
    }),
    keys: keysRouter(identities, () => feed.publish({ area: 'keys' })),
    access: accessRouter(accessParts),
    requests: requestsRouter({
      exchange: log.show,
      certificate: async (id) => (await readRecord(parts.at.identities, id).catch(() => null))?.certificates[0] ?? null,
      readNames: certificateNames, ...sendParts, ...repeating(parts, accessParts), banks,
      changed: (call) => feed.publish({ area: 'requests', id: call }), body: readBody(parts.large, parts.log) }),
    history: historyRouter(log, () => feed.publish({ area: 'history' })),
    sandbox: sandboxArea.router,
    workspace: workspaceRouter({
      dataFolder: ports.dataFolder,
      keyStore,
      feed,
      window,
      lock,
      probeStore: keyStore.secrets.probe,
      async countBanks() {
        const all = await banks.all()
        return { banks: all.length, operations: all.reduce((sum, bank) => sum + bank.operations.length, 0) }
      },
      readHistory: () => log.list({ limit: 1 }),
      sandboxBanks: sandbox.banks,
    }),
  })
}

export type WorkbenchRouter = ReturnType<typeof routerOf>

/** What every call goes through: whatever is thrown crosses as a fault, and our own mistakes are written down. */
type CallInterceptor = (call: { next(): Promise<unknown> }) => Promise<unknown>

/** Opens the engine over one data folder. Nothing is read or contacted before the first call. */
export async function openWorkbench(ports: Ports): Promise<Workbench> {
  await mkdir(ports.dataFolder, { recursive: true, mode: 0o700 })
  const parts = openParts(ports)
  void parts.sweep()
  const logError = createErrorLog(parts.at.logs)
  const router = routerOf(parts, ports)
  const intercept: CallInterceptor = async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      const known = toWire(error)
      if (known.code === 'INTERNAL' && !isFault(error)) await logError(error)
      throw known
    }
  }
  return {
    router,
    intercept,
    client: createRouterClient(router, { interceptors: [intercept as never] }),
    lock: parts.lock,
    sandboxEnded: parts.sandboxArea.ended,
    async close() {
      await parts.sandboxArea.stop()
      await parts.lock()
      parts.log.close()
    },
  }
}
