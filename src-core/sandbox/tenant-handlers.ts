/** Answers the contract's calls about the tenants of the local sandbox and what its banks keep of them. */
import { implement } from '@orpc/server'
import { z } from 'zod'
import { contract } from '#shared/contract/contract.ts'
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
  const os = implement(contract.sandbox)
  const call = async <Schema extends z.ZodType>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    answer: Schema,
    body?: unknown,
  ) => steer(await requireRunningSandbox(home), method, path, answer, body)
  const path = (tenant: string, what: string) => `/tenants/${encodeURIComponent(tenant)}/${what}`
  return {
    jumps: os.jumps.handler(({ input }) => call('GET', path(input.tenant, 'jumps'), z.array(clockJumpSchema))),
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
