/** Control calls about one tenant: its token, clock, switches, log and a fresh start. */

import { emptyAnswer } from '#sandbox/net/answer.ts'
import { jumpsFrom } from '#sandbox/state/jumps.ts'
import { newTenant, type Tenant } from '#sandbox/state/tenants.ts'
import { sandboxClockSchema, sandboxSwitchesSchema } from '#shared/sandbox-protocol.ts'
import { namedJumpSchema, tenantNameSchema } from '#shared/sandbox-state.ts'
import { readControlBody } from './control-body.ts'
import { Refusal } from './refusal.ts'
import { bankOf, done, type Route, type Routes, refuseTenants, type SteeredSandbox } from './steering.ts'

/** Without making one. */
export const seen = (sandbox: SteeredSandbox, id: string): Tenant => sandbox.tenants.peek(id) ?? newTenant(id)

const admit: Route = (sandbox, received, _subject, caller) => {
  refuseTenants(caller)
  const { tenant } = readControlBody(received, tenantNameSchema)
  sandbox.tenants.get(tenant)
  sandbox.tenants.changed()
  return done({ tenant, token: sandbox.tokens.of(tenant) }, 201)
}

const list: Route = (sandbox, _received, _subject, caller) => {
  const own = sandbox.tenants.all().filter(({ id }) => caller.tenant === null || id === caller.tenant)
  return done(
    own.map((tenant) => ({
      tenant: tenant.id,
      offsetSeconds: tenant.clockOffsetSeconds,
      banks: Object.keys(tenant.banks),
      lastSeen: tenant.log[0]?.at ?? null,
    })),
  )
}

function moveClock(sandbox: SteeredSandbox, id: string, offsetSeconds: number) {
  sandbox.tenants.get(id).clockOffsetSeconds = offsetSeconds
  sandbox.tenants.changed()
  return done({ offsetSeconds })
}

const setClock: Route = (sandbox, received, id) =>
  moveClock(sandbox, id, readControlBody(received, sandboxClockSchema).offsetSeconds)

const jump: Route = (sandbox, received, id) => {
  const { jump: wanted } = readControlBody(received, namedJumpSchema)
  const tenant = seen(sandbox, id)
  const jumps = jumpsFrom(tenant)
  const found = jumps.find((one) => one.id === wanted)
  if (!found)
    throw new Refusal(
      400,
      'jump_unknown',
      `There is no jump ${wanted}; there is ${jumps.map((one) => one.id).join(', ')}.`,
    )
  return moveClock(sandbox, id, tenant.clockOffsetSeconds + found.seconds)
}

const setSwitches: Route = (sandbox, received, id) => {
  const wanted = readControlBody(received, sandboxSwitchesSchema)
  for (const [bank, names] of Object.entries(wanted)) {
    const known = bankOf(sandbox, bank).bank.switches
    const unknown = names.find((name) => !known.includes(name))
    if (unknown)
      throw new Refusal(400, 'switch_unknown', `${bank} has no switch ${unknown}; it has ${known.join(', ')}.`)
  }
  sandbox.tenants.get(id).switches = wanted
  sandbox.tenants.changed()
  return done(wanted)
}

/** Of one bank only that bank's state and log go; of all of them everything the tenant set as well. */
const reset: Route = (sandbox, received, id) => {
  const tenant = sandbox.tenants.peek(id)
  const only = received.query.get('bank')
  const banks = only === null ? [...sandbox.banks.values()] : [bankOf(sandbox, only)]
  if (tenant) {
    for (const { bank } of banks) bank.reset(tenant)
    if (only === null) Object.assign(tenant, { ...newTenant(id), banks: tenant.banks })
    else tenant.log = tenant.log.filter(({ bank }) => bank !== only)
    sandbox.tenants.changed()
  }
  return emptyAnswer(204, 'reset')
}

/** For organisations that existed for one piece of work: nobody is to find them in the list. */
const forget: Route = (sandbox, _received, id) => {
  sandbox.tenants.forget(id)
  sandbox.tenants.changed()
  return emptyAnswer(204, 'forgotten')
}

export const tenantRoutes: Routes = {
  'GET /tenants': list,
  'POST /tenants': admit,
  'GET /tenants/*/clock': (sandbox, _received, id) => done({ offsetSeconds: seen(sandbox, id).clockOffsetSeconds }),
  'PUT /tenants/*/clock': setClock,
  'GET /tenants/*/jumps': (sandbox, _received, id) => done(jumpsFrom(seen(sandbox, id))),
  'POST /tenants/*/jumps': jump,
  'GET /tenants/*/switches': (sandbox, _received, id) => done(seen(sandbox, id).switches),
  'PUT /tenants/*/switches': setSwitches,
  'GET /tenants/*/log': (sandbox, _received, id) => done(seen(sandbox, id).log),
  'GET /switches': (sandbox) =>
    done(Object.fromEntries([...sandbox.banks].map(([id, { bank }]) => [id, [...bank.switches]]))),
  'POST /tenants/*/reset': reset,
  'DELETE /tenants/*': forget,
}
