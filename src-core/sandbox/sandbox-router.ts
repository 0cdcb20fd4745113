/** Answers the contract's calls about the local sandbox. */
import { implement } from '@orpc/server'
import { z } from 'zod'
import { sandbox } from '#shared/contract/sandbox.ts'
import { Fault } from '#shared/fault.ts'
import {
  sandboxClockSchema,
  sandboxCustomerSchema,
  sandboxLogEntrySchema,
  sandboxReadySchema,
  sandboxSwitchesSchema,
} from '#shared/sandbox-protocol.ts'
import { toWire } from '#shared/wire.ts'
import { attach, attachedTo, detach, refuseAttached } from './attached-sandbox.ts'
import { readFaults } from './faults.ts'
import { type ProvokeParts, provoke } from './provoke.ts'
import { findOwnSandbox, findRunningSandbox, requireRunningSandbox, steer } from './running-sandbox.ts'
import { type Keeper, stopChild } from './sandbox-area.ts'
import { type SandboxProgram, startSandbox } from './sandbox-program.ts'
import { tenantHandlers } from './tenant-handlers.ts'

export function sandboxRouter(
  home: string,
  program: SandboxProgram,
  keeper: Keeper,
  changed: () => void,
  provoking: ProvokeParts,
) {
  const os = implement(sandbox)
  const tenantPath = (tenant: string, what: string) => `/tenants/${encodeURIComponent(tenant)}/${what}`
  return os.router({
    start: os.start.handler(async ({ input }) => {
      await refuseAttached(home)
      const running = await findOwnSandbox(home)
      if (running !== null)
        throw new Fault(
          'SANDBOX_RUNNING',
          `A local sandbox already runs for this data folder (process ${running.pid}). Stop it first, or use it.`,
          { pid: running.pid },
        )
      keeper.child = await startSandbox(program, { home, ...input })
      void keeper.child.ended.then(changed)
      changed()
      return keeper.child.ready
    }),
    provoke: os.provoke.handler(async function* ({ input, signal }) {
      try {
        yield* provoke(input.errorId, home, provoking, signal)
      } catch (error) {
        throw toWire(error)
      }
    }),
    stop: os.stop.handler(async () => ({ stopped: await stopChild(keeper) })),
    status: os.status.handler(async () => {
      const running = await findRunningSandbox(home)
      // The token of the control API stays in core.
      return {
        running: running !== null,
        sandbox: running === null ? null : sandboxReadySchema.parse(running),
        attached: await attachedTo(home),
      }
    }),
    customers: os.customers.handler(async ({ input }) =>
      steer(
        await requireRunningSandbox(home),
        'GET',
        `/banks/${encodeURIComponent(input.bank)}/customers`,
        z.array(sandboxCustomerSchema),
      ),
    ),
    clock: os.clock.handler(async ({ input }) => {
      const running = await requireRunningSandbox(home)
      const path = tenantPath(input.tenant, 'clock')
      if (input.jump !== undefined)
        return steer(running, 'POST', tenantPath(input.tenant, 'jumps'), sandboxClockSchema, { jump: input.jump })
      if (input.offsetSeconds === undefined) return steer(running, 'GET', path, sandboxClockSchema)
      return steer(running, 'PUT', path, sandboxClockSchema, { offsetSeconds: input.offsetSeconds })
    }),
    ...tenantHandlers(home),
    attach: os.attach.handler(async ({ input }) => {
      const attached = await attach(home, input)
      changed()
      return attached
    }),
    detach: os.detach.handler(async () => {
      const detached = await detach(home)
      changed()
      return { detached }
    }),
    switches: os.switches.handler(async ({ input }) => {
      const running = await requireRunningSandbox(home)
      const path = tenantPath(input.tenant, 'switches')
      return input.set === undefined
        ? steer(running, 'GET', path, sandboxSwitchesSchema)
        : steer(running, 'PUT', path, sandboxSwitchesSchema, input.set)
    }),
    faults: os.faults.handler(async ({ input }) => readFaults(await requireRunningSandbox(home), input)),
    log: os.log.handler(async ({ input }) =>
      steer(await requireRunningSandbox(home), 'GET', tenantPath(input.tenant, 'log'), z.array(sandboxLogEntrySchema)),
    ),
  })
}
