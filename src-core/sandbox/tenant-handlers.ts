/** Answers the contract's calls about the tenants of the local sandbox and what its banks keep of them. */
import { readFile } from 'node:fs/promises'
import { implement } from '@orpc/server'
import { z } from 'zod'
import { sandbox } from '#shared/contract/sandbox.ts'
import { Fault } from '#shared/fault.ts'
import { sandboxSwitchesSchema } from '#shared/sandbox-protocol.ts'
import {
  clockJumpSchema,
  sandboxSnapshotSchema,
  sandboxStateSchema,
  sandboxTenantSchema,
  snapshotLoadedSchema,
  tenantTokenSchema,
} from '#shared/sandbox-state.ts'
import { requireRunningSandbox, steer } from './running-sandbox.ts'

const onlyBank = (bank: string | undefined): string => (bank === undefined ? '' : `?bank=${encodeURIComponent(bank)}`)

/** `home` is the sandbox's own folder inside the data folder. */
export function tenantHandlers(home: string) {
  const os = implement(sandbox)
  const call = async <Schema extends z.ZodType>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    answer: Schema,
    body?: unknown,
  ) => steer(await requireRunningSandbox(home), method, path, answer, body)
  const path = (tenant: string, what: string) => `/tenants/${encodeURIComponent(tenant)}/${what}`
  return {
    jumps: os.jumps.handler(({ input }) => call('GET', path(input.tenant, 'jumps'), z.array(clockJumpSchema))),
    ca: os.ca.handler(async () => {
      const { ca } = await requireRunningSandbox(home)
      const pem = await readFile(ca, 'utf8').catch((cause: unknown) => {
        throw new Fault(
          'SANDBOX_FAILED',
          'The file of its CA cannot be read. Stop the sandbox and start it again.',
          {},
          cause,
        )
      })
      return { path: ca, pem }
    }),
    switchesKnown: os.switchesKnown.handler(() => call('GET', '/switches', sandboxSwitchesSchema)),
    tenants: os.tenants.handler(() => call('GET', '/tenants', z.array(sandboxTenantSchema))),
    tenantToken: os.tenantToken.handler(({ input }) => call('POST', '/tenants', tenantTokenSchema, input)),
    state: os.state.handler(({ input }) =>
      call('GET', path(input.tenant, 'state') + onlyBank(input.bank), sandboxStateSchema),
    ),
    snapshot: os.snapshot.handler(({ input }) => call('GET', path(input.tenant, 'snapshot'), sandboxSnapshotSchema)),
    load: os.load.handler(({ input }) =>
      call('PUT', path(input.tenant, 'snapshot'), snapshotLoadedSchema, input.snapshot),
    ),
    reset: os.reset.handler(async ({ input }) => {
      await call('POST', path(input.tenant, 'reset') + onlyBank(input.bank), z.null())
      return { reset: true as const }
    }),
  }
}
