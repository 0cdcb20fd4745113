/** Control calls about what is made to go wrong between the banks and a tenant's client. */
import { faultKinds } from '#sandbox/faults/fault-kinds.ts'
import { checkedSetting } from '#sandbox/faults/fault-settings.ts'
import { type SandboxFault, sandboxFaultsSchema } from '#shared/sandbox-protocol.ts'
import { readControlBody } from './control-body.ts'
import { Refusal } from './refusal.ts'
import { bankOf, type Caller, done, type Route, type Routes, refuseTenants, type SteeredSandbox } from './steering.ts'
import { seen } from './tenant-routes.ts'

/** @throws Refusal where one is unknown, misplaced, or not this caller's to set. */
export function checkedFaults(
  sandbox: SteeredSandbox,
  settings: readonly SandboxFault[],
  caller: Caller,
): SandboxFault[] {
  const wanted = settings.map((setting) => {
    const { operations, urls } = bankOf(sandbox, setting.bank)
    const checked = checkedSetting(setting, { operations, hosts: Object.keys(urls) })
    if (typeof checked === 'string') throw new Refusal(400, 'fault_invalid', checked)
    return checked
  })
  // Whoever shares the sandbox meets these too: that is for its keeper to decide.
  if (wanted.some(({ fault }) => faultKinds.get(fault)?.scope === 'everyone')) refuseTenants(caller)
  return wanted
}

const setFaults: Route = async (sandbox, received, id, caller) => {
  const wanted = checkedFaults(sandbox, readControlBody(received, sandboxFaultsSchema), caller)
  await sandbox.faults.prepare(wanted)
  sandbox.tenants.get(id).faults = wanted
  sandbox.tenants.changed()
  return done(wanted)
}

export const faultRoutes: Routes = {
  'GET /faults': () => done([...faultKinds.values()]),
  'GET /tenants/*/faults': (sandbox, _received, id) => done(seen(sandbox, id).faults),
  'PUT /tenants/*/faults': setFaults,
}
