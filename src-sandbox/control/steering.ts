/** What every control call works with: the sandbox, who calls, and how it answers. */
import type { SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import type { FaultDesk } from '#sandbox/faults/fault-desk.ts'
import { type Answer, jsonAnswer, type Received } from '#sandbox/net/answer.ts'
import type { Qtsp } from '#sandbox/qtsp/qtsp.ts'
import type { Tenants } from '#sandbox/state/tenants.ts'
import { Refusal } from './refusal.ts'
import type { TenantTokens } from './tenant-tokens.ts'

export interface SteeredBank {
  readonly bank: SimulatedBank
  readonly urls: Readonly<Record<string, string>>
  /** Ids of its operations, those that share one method and path too. */
  readonly operations: readonly string[]
  /** Origins of the pages a customer opens. */
  readonly pages: readonly string[]
}

export interface SteeredSandbox {
  /** Base URL under which certificates say that their issuer publishes. */
  readonly control: string
  readonly qtsp: Qtsp
  readonly tenants: Tenants
  readonly faults: FaultDesk
  readonly banks: ReadonlyMap<string, SteeredBank>
  readonly tokens: TenantTokens
  /** How the customer's browser, played by the sandbox, reaches the banks' pages. */
  readonly browse: Browse
}

/** One request as a browser makes it: no redirect is followed. */
export type Browse = (url: URL, form?: URLSearchParams) => Promise<Response>

/** Who holds the token a call came with. */
export interface Caller {
  /** Null for the holder of the master token, who may do everything. */
  readonly tenant: string | null
}

/** `subject`: the bank or the tenant the path names. */
export type Route = (
  sandbox: SteeredSandbox,
  received: Received,
  subject: string,
  caller: Caller,
) => Answer | Promise<Answer>

/** "METHOD /path" with `*` for the one part that varies. */
export type Routes = Readonly<Record<string, Route>>

export const done = (value: unknown, status = 200): Answer => jsonAnswer(status, value, 'control')

export function bankOf(sandbox: SteeredSandbox, id: string): SteeredBank {
  const found = sandbox.banks.get(id)
  if (!found) throw new Refusal(404, 'bank_unknown', `The sandbox simulates no bank ${id}.`)
  return found
}

/** Whose things a call is about must be the caller's, unless the caller is the sandbox's own keeper. */
export function refuseOthers(caller: Caller, tenant: string): void {
  if (caller.tenant === null || caller.tenant === tenant) return
  throw new Refusal(
    403,
    'tenant_other',
    `This token steers ${caller.tenant} only, not ${tenant}. Ask whoever runs the sandbox.`,
  )
}

export function refuseTenants(caller: Caller): void {
  if (caller.tenant === null) return
  throw new Refusal(
    403,
    'master_only',
    `This token steers ${caller.tenant} only; this call needs the token of the sandbox itself.`,
  )
}
