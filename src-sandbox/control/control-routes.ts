/** The calls of the control API. */
import { X509Certificate } from 'node:crypto'
import type { SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, emptyAnswer, jsonAnswer, type Received } from '#sandbox/net/answer.ts'
import { describeCertificate } from '#sandbox/pki/presented-certificate.ts'
import { issueCertificate } from '#sandbox/qtsp/issue-certificate.ts'
import type { Qtsp } from '#sandbox/qtsp/qtsp.ts'
import type { Tenants } from '#sandbox/state/tenants.ts'
import { newTenant } from '#sandbox/state/tenants.ts'
import {
  certificateOrderSchema,
  portalUploadSchema,
  psuActionSchema,
  sandboxClockSchema,
  sandboxSwitchesSchema,
} from '#shared/sandbox-protocol.ts'
import { actAsCustomer } from './act-as-customer.ts'
import { readControlBody } from './control-body.ts'
import { Refusal } from './refusal.ts'

export interface SteeredBank {
  readonly bank: SimulatedBank
  readonly urls: Readonly<Record<string, string>>
}

export interface SteeredSandbox {
  readonly control: string
  readonly qtsp: Qtsp
  readonly tenants: Tenants
  readonly banks: ReadonlyMap<string, SteeredBank>
}

/** `subject`: the bank or the tenant the path names. */
type Route = (sandbox: SteeredSandbox, received: Received, subject: string) => Answer | Promise<Answer>

const done = (value: unknown, status = 200): Answer => jsonAnswer(status, value, 'control')

function bankOf(sandbox: SteeredSandbox, id: string): SteeredBank {
  const found = sandbox.banks.get(id)
  if (!found) throw new Refusal(404, 'bank_unknown', `The sandbox simulates no bank ${id}.`)
  return found
}

const order: Route = async (sandbox, received) => {
  const wanted = readControlBody(received, certificateOrderSchema)
  const { sha256, organizationIdentifier, ...issued } = await issueCertificate(wanted, sandbox.qtsp, sandbox.control)
  // Portals ask for the certificate of the connection; a seal is none.
  if (wanted.upload && wanted.kind === 'QWAC') {
    const tenant = sandbox.tenants.get(organizationIdentifier)
    for (const { bank } of sandbox.banks.values()) bank.upload(tenant, sha256)
    sandbox.tenants.changed()
  }
  return done(issued, 201)
}

const upload: Route = (sandbox, received, id) => {
  const { bank } = bankOf(sandbox, id)
  const { certificate } = readControlBody(received, portalUploadSchema)
  if (certificate.includes('PRIVATE KEY'))
    throw new Refusal(400, 'private_key_sent', 'Upload the certificate only: a private key belongs to nobody else.')
  let parsed: X509Certificate
  try {
    parsed = new X509Certificate(certificate)
  } catch {
    throw new Refusal(400, 'certificate_unreadable', 'The certificate is not an X.509 certificate in PEM form.')
  }
  const { organizationIdentifier, sha256 } = describeCertificate(parsed, [])
  if (!organizationIdentifier)
    throw new Refusal(400, 'organisation_missing', 'The certificate has no organizationIdentifier (2.5.4.97).')
  bank.upload(sandbox.tenants.get(organizationIdentifier), sha256)
  sandbox.tenants.changed()
  return done({ organizationIdentifier, sha256 }, 201)
}

const customers: Route = (sandbox, _received, id) => done(bankOf(sandbox, id).bank.customers)

const psu: Route = async (sandbox, received, id) =>
  done(await actAsCustomer(bankOf(sandbox, id), readControlBody(received, psuActionSchema)))

const setClock: Route = (sandbox, received, id) => {
  const { offsetSeconds } = readControlBody(received, sandboxClockSchema)
  sandbox.tenants.get(id).clockOffsetSeconds = offsetSeconds
  sandbox.tenants.changed()
  return done({ offsetSeconds })
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

const seen = (sandbox: SteeredSandbox, id: string) => sandbox.tenants.peek(id) ?? newTenant(id)

const reset: Route = (sandbox, _received, id) => {
  const tenant = sandbox.tenants.peek(id)
  if (tenant) {
    Object.assign(tenant, { clockOffsetSeconds: 0, switches: {}, log: [] })
    for (const { bank } of sandbox.banks.values()) bank.reset(tenant)
    sandbox.tenants.changed()
  }
  return emptyAnswer(204, 'reset')
}

/** "METHOD /path" with `*` for the one part that varies. */
export const controlRoutes: Readonly<Record<string, Route>> = {
  'GET /health': () => done({ ok: true, pid: process.pid }),
  'POST /qtsp/certificates': order,
  'GET /banks/*/customers': customers,
  'POST /banks/*/portal/certificates': upload,
  'POST /banks/*/psu': psu,
  'GET /tenants/*/clock': (sandbox, _received, id) => done({ offsetSeconds: seen(sandbox, id).clockOffsetSeconds }),
  'PUT /tenants/*/clock': setClock,
  'GET /tenants/*/switches': (sandbox, _received, id) => done(seen(sandbox, id).switches),
  'PUT /tenants/*/switches': setSwitches,
  'GET /tenants/*/log': (sandbox, _received, id) => done(seen(sandbox, id).log),
  'POST /tenants/*/reset': reset,
}
