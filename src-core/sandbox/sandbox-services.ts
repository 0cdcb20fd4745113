/** What other areas ask of the running sandbox: URLs and CA of its banks, certificates of its QTSP, clicks of its customers. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
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
}

export function createSandboxServices(home: string): SandboxServices {
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
      return { urls: served.urls, ca: [await readFile(running.ca, 'utf8')] }
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
    click: async (bank, action) =>
      steer(await requireRunningSandbox(home), 'POST', bankPath(bank, 'psu'), psuOutcomeSchema, action),
  }
}
