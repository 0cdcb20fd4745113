/** Opens what the areas draw on over one data folder: the key store, the banks, history, the transport. */
import { join } from 'node:path'
import { openAccessBooks } from './access/access-books.ts'
import { createBankShelf } from './banks/bank-shelf.ts'
import { createEnvironmentOverrides } from './banks/environment-overrides.ts'
import { createProxyPasswords } from './banks/proxy-passwords.ts'
import { withProcessLock } from './files/process-lock.ts'
import { removeDurably, writeAtomically } from './files/write-atomically.ts'
import { createExchangeLog } from './history/exchange-log.ts'
import { createBodyFolder } from './http/body-folder.ts'
import { createTransport } from './http/transport.ts'
import { createIdentities } from './keys/identities.ts'
import type { Ports } from './ports.ts'
import { readErrorWords } from './requests/explain/read-words.ts'
import { createLargeAnswers } from './requests/large-answers.ts'
import type { ProvokeParts } from './sandbox/provoke.ts'
import { createSandboxArea } from './sandbox/sandbox-area.ts'
import { createSandboxServices } from './sandbox/sandbox-services.ts'
import { scratchOpener } from './scratch-workbench.ts'
import { createMemoryStore } from './secrets/memory-store.ts'
import { createChangeFeed } from './workspace/change-feed.ts'
import { createIdleLock } from './workspace/idle-lock.ts'
import { createKeyStore } from './workspace/key-store.ts'
import { createSettings } from './workspace/settings.ts'
import { createWindowMemory } from './workspace/window-state.ts'

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

/**
 * Everything the areas draw on, opened over one data folder; nothing is read or contacted yet.
 * @param openWorkbench for what is done in a scratch workbench beside this one
 */
export function openParts(ports: Ports, openWorkbench: Parameters<typeof scratchOpener>[2]) {
  const at = folders(ports)
  const feed = createChangeFeed()
  const settings = createSettings(ports.dataFolder)
  const keyStore = createKeyStore({
    folder: at.secrets,
    settings,
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
  /** Keys, tokens and connections leave the memory; nothing is sent until the store is opened again. */
  const lock = async (): Promise<void> => {
    idleLock.stop()
    identities.forget()
    secrets.lock()
    log.lock()
    access.book.forget()
    access.challenges.forget()
    await transport.close()
    await large.close()
    await answers.close()
    feed.publish({ area: 'workspace' })
  }
  const idleLock = createIdleLock(settings, lock)
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
    idleLock,
    lock,
  }
}
export type Parts = ReturnType<typeof openParts>
