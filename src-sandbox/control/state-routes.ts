/** Control calls about what a tenant's banks keep: looked at, saved as a file and loaded again. */

import { loadSnapshot, takeSnapshot } from '#sandbox/state/snapshot.ts'
import { emptyBankState } from '#sandbox/state/state-view.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { sandboxFaultsSchema } from '#shared/sandbox-protocol.ts'
import { type SandboxState, snapshotVersion } from '#shared/sandbox-state.ts'
import { readControlJson } from './control-body.ts'
import { checkedFaults } from './fault-routes.ts'
import { Refusal } from './refusal.ts'
import { bankOf, done, type Route, type Routes } from './steering.ts'
import { seen } from './tenant-routes.ts'

const show: Route = (sandbox, received, id) => {
  const tenant = seen(sandbox, id)
  const only = received.query.get('bank')
  const banks = only === null ? [...sandbox.banks.values()] : [bankOf(sandbox, only)]
  const state: SandboxState = {
    tenant: id,
    now: new Date(tenantNow(tenant)).toISOString(),
    offsetSeconds: tenant.clockOffsetSeconds,
    // A look must not leave an empty state behind at banks the tenant has never called.
    banks: banks.map(({ bank }) => ({
      ...emptyBankState,
      bank: bank.id,
      ...bank.show(tenant.banks[bank.id] === undefined ? { ...tenant, banks: {} } : tenant),
    })),
  }
  return done(state)
}

const save: Route = (sandbox, _received, id) =>
  done(
    takeSnapshot(
      seen(sandbox, id),
      [...sandbox.banks.values()].map(({ bank }) => bank),
    ),
  )

const load: Route = async (sandbox, received, id, caller) => {
  const value = readControlJson(received)
  const version = (value as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version !== snapshotVersion)
    throw new Refusal(
      400,
      'version_unknown',
      `The saved state is of version ${version}; this sandbox loads version ${snapshotVersion}.`,
    )
  const banks = [...sandbox.banks.values()].map(({ bank }) => bank)
  const faults = sandboxFaultsSchema.safeParse((value as { faults?: unknown } | null)?.faults ?? [])
  const wanted = faults.success ? checkedFaults(sandbox, faults.data, caller) : []
  const result = loadSnapshot(sandbox.tenants.get(id), value, banks)
  if ('problem' in result) throw new Refusal(400, 'snapshot_invalid', result.problem)
  await sandbox.faults.prepare(wanted)
  sandbox.tenants.changed()
  return done(result.loaded)
}

export const stateRoutes: Routes = {
  'GET /tenants/*/state': show,
  'GET /tenants/*/snapshot': save,
  'PUT /tenants/*/snapshot': load,
}
