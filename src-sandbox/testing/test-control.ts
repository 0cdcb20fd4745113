/** Speaks to the control API of a sandbox under test. */
import type { CertificateOrder, SandboxRunning } from '#shared/sandbox-protocol.ts'
import { makeRequest } from './psd2-request.ts'

export interface ControlAnswer {
  readonly status: number
  readonly json: unknown
}

export interface TestIdentity {
  readonly organizationIdentifier: string
  readonly key: string
  /** Leaf and chain, PEM. */
  readonly certificate: string
}

export interface TestControl {
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ControlAnswer>
  moveClock(tenant: string, offsetSeconds: number): Promise<void>
  switchOn(tenant: string, ...names: string[]): Promise<void>
  order(organizationIdentifier: string, order?: Partial<CertificateOrder>): Promise<TestIdentity>
  /** Newest reason of the tenant's log. */
  lastReason(tenant: string): Promise<string>
}

export function testControl({ control, token }: Pick<SandboxRunning, 'control' | 'token'>): TestControl {
  const send: TestControl['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(control + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text === '' ? null : JSON.parse(text) }
  }
  return {
    send,
    moveClock: async (tenant, offsetSeconds) => {
      await send('PUT', `/tenants/${tenant}/clock`, { offsetSeconds })
    },
    switchOn: async (tenant, ...names) => {
      await send('PUT', `/tenants/${tenant}/switches`, { 'ica-banken': names })
    },
    order: async (organizationIdentifier, order = {}) => {
      const { key, csr } = await makeRequest({ organizationIdentifier })
      const { status, json } = await send('POST', '/qtsp/certificates', { csr, kind: 'QWAC', ...order })
      if (status !== 201) throw new Error(JSON.stringify(json))
      const { certificate, chain } = json as { certificate: string; chain: string[] }
      return { organizationIdentifier, key, certificate: [certificate, ...chain].join('\n') }
    },
    lastReason: async (tenant) => {
      const { json } = await send('GET', `/tenants/${tenant}/log`)
      return (json as { reason: string }[])[0]?.reason ?? ''
    },
  }
}
