/** What other areas ask of the running sandbox: URLs and CA of its banks, certificates of its QTSP, clicks of its customers. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { createFileMemory } from '#core/files/file-memory.ts'
import { Fault } from '#shared/fault.ts'
import {
  type CertificateIssued,
  type CertificateOrder,
  certificateIssuedSchema,
  type PsuAction,
  type PsuOutcome,
  psuOutcomeSchema,
  sandboxCustomerSchema,
} from '#shared/sandbox-protocol.ts'
import { findRunningSandbox, requireRunningSandbox, steer } from './running-sandbox.ts'

export interface SandboxServices {
  /** Ids of the banks it serves; empty when none runs. */
  banks(): Promise<string[]>
  /** Base URLs per host name, and the CA that signed the server certificates. Throws SANDBOX_DOWN. */
  endpoints(bank: string): Promise<{ urls: Record<string, string>; ca: string[] }>
  orderCertificate(order: CertificateOrder): Promise<CertificateIssued>
  /** What the bank asks to recognise the customer of this name. */
  customer(bank: string, name: string): Promise<Record<string, string>>
  click(bank: string, action: PsuAction): Promise<PsuOutcome>
  /** The sandbox gives up what it keeps of this organisation. */
  forgetTenant(organisation: string): Promise<void>
}

/** A sandbox elsewhere cannot reach this machine's callback, so it is opened here: only the one the customer's page was asked to lead to. */
async function openOwnCallback(callback: string, page: string): Promise<number | null> {
  const asked = URL.canParse(page) ? new URL(page).searchParams.get('redirect_uri') : null
  const target = new URL(callback)
  const isLoopback = target.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(target.hostname)
  if (!isLoopback || asked !== target.origin + target.pathname) return null
  const response = await fetch(target, {
    headers: { accept: 'text/html' },
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
  }).catch(() => null)
  return response?.status ?? null
}

export function createSandboxServices(home: string): SandboxServices {
  // The same list each time, so that the trust made of it is found again without reading the certificate.
  const authorities = createFileMemory<string[]>()
  const bankPath = (bank: string, what: string) => `/banks/${encodeURIComponent(bank)}/${what}`
  return {
    async banks() {
      return (await findRunningSandbox(home))?.banks.map((bank) => bank.id) ?? []
    },
    async endpoints(bank) {
      const running = await requireRunningSandbox(home)
      const served = running.banks.find((each) => each.id === bank)
      if (served === undefined) {
        throw new Fault(
          'SANDBOX_DOWN',
          `The local sandbox runs, but without ${bank}. Start it again with: tpp sandbox --bank ${bank}`,
          { bank },
        )
      }
      const { ca } = running
      return { urls: served.urls, ca: await authorities(ca, async () => [await readFile(ca, 'utf8')]) }
    },
    orderCertificate: async (order) =>
      steer(await requireRunningSandbox(home), 'POST', '/qtsp/certificates', certificateIssuedSchema, order),
    async customer(bank, name) {
      const customers = await steer(
        await requireRunningSandbox(home),
        'GET',
        bankPath(bank, 'customers'),
        z.array(sandboxCustomerSchema),
      )
      const found = customers.find((customer) => customer.name.toLowerCase() === name.toLowerCase())
      if (found !== undefined) return found.parameters
      const names = customers.map((customer) => customer.name)
      throw new Fault(
        'INPUT_INVALID',
        `The sandbox of ${bank} has no customer "${name}". It has ${names.join(', ')}.`,
        { field: 'psu', near: names },
      )
    },
    click: async (bank, action) => {
      const running = await requireRunningSandbox(home)
      const { callback, ...outcome } = await steer(running, 'POST', bankPath(bank, 'psu'), psuOutcomeSchema, action)
      if (callback === undefined) return outcome
      return { ...outcome, callbackStatus: await openOwnCallback(callback, action.url) }
    },
    async forgetTenant(organisation) {
      const path = `/tenants/${encodeURIComponent(organisation)}`
      await steer(await requireRunningSandbox(home), 'DELETE', path, z.null())
    },
  }
}
