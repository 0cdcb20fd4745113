/** What the running sandbox is told to do wrong. */
import { z } from 'zod'
import { Fault } from '#shared/fault.ts'
import {
  type SandboxFault,
  type SandboxFaultKind,
  type SandboxRunning,
  sandboxFaultKindSchema,
  sandboxFaultSchema,
} from '#shared/sandbox-protocol.ts'
import { steer } from './running-sandbox.ts'

export interface FaultsWish {
  /** Left out: only what there is. */
  readonly tenant?: string | undefined
  /** Replaces what the tenant has asked for. */
  readonly set?: readonly SandboxFault[] | undefined
}

export interface FaultsAnswer {
  known: SandboxFaultKind[]
  set: SandboxFault[]
}

/** Throws SANDBOX_DOWN, SANDBOX_FAILED with the sandbox's own words where a fault, place or value is unknown to it, INPUT_INVALID. */
export async function readFaults(running: SandboxRunning, { tenant, set }: FaultsWish): Promise<FaultsAnswer> {
  if (tenant === undefined && set !== undefined)
    throw new Fault('INPUT_INVALID', 'Faults are set for a tenant: name the organizationIdentifier it goes by.', {
      field: 'tenant',
    })
  const known = await steer(running, 'GET', '/faults', z.array(sandboxFaultKindSchema))
  if (tenant === undefined) return { known, set: [] }
  const path = `/tenants/${encodeURIComponent(tenant)}/faults`
  const faults = z.array(sandboxFaultSchema)
  const now =
    set === undefined ? await steer(running, 'GET', path, faults) : await steer(running, 'PUT', path, faults, set)
  return { known, set: now }
}
