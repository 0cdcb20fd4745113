/** The contract's handlers, area by area: each area's come, with the code they alone need, when one of them is first called. */
import { join } from 'node:path'
import { lazy, type Router } from '@orpc/server'
import type { Contract } from '#shared/contract/contract.ts'
import type { Parts } from './open-parts.ts'
import type { Ports } from './ports.ts'
import { accessPartsOf, repeating, sendPartsOf } from './send-parts.ts'

/** Made once, whoever calls first; a program that makes one call does not wait for the rest. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let making: Promise<Made> | null = null
  return () => {
    making ??= make().catch((error: unknown) => {
      making = null
      throw error
    })
    return making
  }
}

// A copy: what `os.router` makes also carries its contract, and a transport then looks for its procedures under the wrong path.
const whenCalled = <Handlers extends object>(load: () => Promise<Handlers>) =>
  lazy(once(async () => ({ default: { ...(await load()) } })))

type Senders = readonly [ReturnType<typeof sendPartsOf>, ReturnType<typeof accessPartsOf>]

function banksOf({ banks, overrides, proxyPasswords, identities, sandbox, at, feed }: Parts, ports: Ports) {
  return whenCalled(async () =>
    (await import('./banks/banks-router.ts')).banksRouter({
      banks,
      overrides,
      proxyPasswords,
      places: { shipped: join(ports.resourcesFolder, 'banks'), user: at.banks },
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
  )
}

function requestsOf(parts: Parts, [sendParts, accessParts]: Senders) {
  const { banks, log, large, feed, at } = parts
  const reports = once(async () => {
    const [{ reportsRouter }, { certificateNames }, { readRecord }] = await Promise.all([
      import('./requests/report/reports-router.ts'),
      import('./keys/certificate-names.ts'),
      import('./keys/identity-records.ts'),
    ])
    return reportsRouter({
      banks,
      endpoints: sendParts.endpoints,
      exchange: log.show,
      certificate: async (id) => (await readRecord(at.identities, id).catch(() => null))?.certificates[0] ?? null,
      readNames: certificateNames,
    })
  })
  return whenCalled(async () => {
    const [{ requestsRouter }, { readBody }] = await Promise.all([
      import('./requests/requests-router.ts'),
      import('./requests/read-body.ts'),
    ])
    const calls = requestsRouter({
      ...sendParts,
      ...repeating(parts, accessParts),
      changed: (call) => feed.publish({ area: 'requests', id: call }),
      body: readBody(large, log),
    })
    return {
      ...calls,
      openReport: lazy(async () => ({ default: (await reports()).openReport })),
      explainSignature: lazy(async () => ({ default: (await reports()).explainSignature })),
    }
  })
}

function workspaceOf({ banks, sandbox, keyStore, idleLock, log, feed, window, lock }: Parts, ports: Ports) {
  return whenCalled(async () =>
    (await import('./workspace/workspace-router.ts')).workspaceRouter({
      dataFolder: ports.dataFolder,
      keyStore,
      idleLock,
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
  )
}

/** A missing handler does not compile. */
export function routerOf(parts: Parts, ports: Ports) {
  const { identities, sandboxArea, log, feed } = parts
  const sendParts = sendPartsOf(parts)
  const accessParts = accessPartsOf(parts, sendParts, ports)
  return {
    banks: banksOf(parts, ports),
    keys: whenCalled(async () =>
      (await import('./keys/keys-router.ts')).keysRouter(identities, () => feed.publish({ area: 'keys' })),
    ),
    access: whenCalled(async () => (await import('./access/access-router.ts')).accessRouter(accessParts)),
    requests: requestsOf(parts, [sendParts, accessParts]),
    history: whenCalled(async () =>
      (await import('./history/history-router.ts')).historyRouter(log, () => feed.publish({ area: 'history' })),
    ),
    sandbox: whenCalled(sandboxArea.router),
    workspace: workspaceOf(parts, ports),
  } satisfies Router<Contract, Record<never, never>>
}
