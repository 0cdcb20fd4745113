/** Puts a tenant's faults between a bank and its client: around the bank's work, and on its answer. */
import type { PageAnswer } from '#sandbox/bank/simulated-bank.ts'
import { emptyAnswer, type Received } from '#sandbox/net/answer.ts'
import { withClockSkew } from '#sandbox/state/bank-clock.ts'
import type { Tenant } from '#sandbox/state/tenants.ts'
import type { SandboxFault } from '#shared/sandbox-protocol.ts'
import { callFaults, grantTypeOf } from './call-faults.ts'
import { type CallFaultId, faultKinds } from './fault-kinds.ts'
import { countUse } from './fault-settings.ts'

export interface FaultyCall {
  readonly bank: string
  readonly host: string
  /** operationId and, where several share it, the one that is meant; empty for what is beside the document. */
  readonly operations: readonly string[]
  /** Pages for people: their forms are no operations, but what is said of redirects holds for them. */
  readonly browser: boolean
  readonly received: Received
  /** A URL of the other origin that belongs to this call. */
  elsewhere(tenant: Tenant): Promise<string>
}

export interface FaultyAnswer {
  readonly answer: PageAnswer
  /** Ids of the kinds that were applied. */
  readonly faults: readonly string[]
}

function concerns(call: FaultyCall, { bank, operation, host, fault }: SandboxFault): boolean {
  const applies = faultKinds.get(fault)?.applies
  if (bank !== call.bank || applies === undefined || applies === 'connection') return false
  if (host !== undefined && host !== call.host) return false
  if (applies === 'token-call' && grantTypeOf(call.received) === null) return false
  const beside = applies === 'redirect' && call.browser && call.operations.length === 0
  return operation === '*' || beside || call.operations.includes(operation)
}

const skewOf = (settings: readonly SandboxFault[]): number =>
  settings.reduce((sum, { fault, parameters }) => sum + (fault === 'clock-skew' ? Number(parameters.seconds) : 0), 0)

async function spoil(call: FaultyCall, tenant: Tenant, setting: SandboxFault, answer: PageAnswer) {
  const { received } = call
  const { parameters, fault } = setting
  const elsewhere = () => call.elsewhere(tenant)
  return await callFaults[fault as CallFaultId]({ answer, parameters, received, elsewhere })
}

/**
 * @param before the tenant, as far as the request tells it.
 * @param work what the bank does; not done where a fault says that it is not carried out.
 * @param tenantAfter the tenant, once the bank's answer is known: at pages only that tells it.
 */
export async function answerWithFaults(
  call: FaultyCall,
  before: Tenant,
  work: () => Promise<PageAnswer>,
  tenantAfter: (answer: PageAnswer) => Tenant,
): Promise<FaultyAnswer> {
  const expected = before.faults.filter((setting) => concerns(call, setting))
  const instead = expected.find(({ parameters }) => parameters['carried-out'] === 'no')
  const skew = skewOf(expected)
  let answer: PageAnswer = emptyAnswer(200, 'the bank did nothing')
  if (instead) countUse(before, instead)
  else answer = await (skew === 0 ? work() : withClockSkew(skew, work))
  const tenant = instead ? before : tenantAfter(answer)
  // Copies: what is used up leaves the tenant's own list.
  const settings = instead ? expected : tenant.faults.filter((setting) => concerns(call, setting))
  const faults: string[] = []
  for (const setting of settings) {
    const spoilt = await spoil(call, tenant, setting, answer)
    if (!spoilt || (setting !== instead && !countUse(tenant, setting))) continue
    answer = spoilt
    faults.push(setting.fault)
  }
  return { answer, faults }
}
