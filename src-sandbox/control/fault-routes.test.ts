/** Setting faults through the control API: what is refused, what is filled in, and what outlives a restart. */

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { faultKinds } from '#sandbox/faults/fault-kinds.ts'
import { type FaultBench, faultyBank, openFaultBench } from '#sandbox/testing/fault-bench.ts'
import { rawExchange } from '#sandbox/testing/raw-client.ts'
import { removeHome, scratchHome, startSandbox } from '#sandbox/testing/sandbox-process.ts'
import { testControl } from '#sandbox/testing/test-control.ts'
import { sandboxFaultKindSchema } from '#shared/sandbox-protocol.ts'

let at: FaultBench
beforeAll(async () => {
  at = await openFaultBench()
})
beforeEach(() => at.set())
afterAll(() => at.close())

const read = async () =>
  (await at.bench.control.send('GET', `/tenants/${at.identity.organizationIdentifier}/faults`)).json

it('lists every fault with its values', async () => {
  const { json } = await at.bench.control.send('GET', '/faults')
  const known = sandboxFaultKindSchema.array().parse(json)
  expect(known.map(({ id }) => id)).toEqual([...faultKinds.keys()])
  expect(known).toHaveLength(25)
  expect(known.filter(({ scope }) => scope === 'everyone').map(({ id }) => id)).toEqual([
    'tls-1-1',
    'wrong-host-name',
    'expired-server-certificate',
    'client-certificate-refused',
  ])
})

it('fills in what is left out', async () => {
  const filled = { bank: faultyBank, operation: '*', fault: 'reset', parameters: { 'carried-out': 'yes', after: 0 } }
  expect(await at.set({ fault: 'reset' })).toEqual({ status: 200, json: [filled] })
  expect(await read()).toEqual([filled])
})

it('tells operations apart that share method and path', async () => {
  expect((await at.set({ fault: 'status-503', operation: 'ica-oauth-token-refresh' })).status).toBe(200)
  const post = (grantType: string) =>
    at.raw('ica-oauth-token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=${grantType}&client_id=${at.identity.organizationIdentifier}`,
    })
  expect((await post('authorization_code')).status).toBe(400)
  expect((await post('refresh_token')).status).toBe(503)
})

describe('refuses, and changes nothing', () => {
  it.each([
    ['an unknown fault', { fault: 'gremlins' }, 'gremlins'],
    ['an unknown bank', { fault: 'hang', bank: 'nobank' }, 'nobank'],
    ['an unknown operation', { fault: 'hang', operation: 'ica-nothing' }, 'ica-nothing'],
    ['an unknown host', { fault: 'hang', host: 'moon' }, 'moon'],
    ['an unknown value', { fault: 'hang', parameters: { speed: 1 } }, 'speed'],
    ['a value out of bounds', { fault: 'latency', parameters: { milliseconds: 0 } }, 'from 1 to 600000'],
    ['a value that is no whole number', { fault: 'drip', parameters: { rate: 0.5 } }, 'whole number'],
    ['a choice it does not have', { fault: 'hang', parameters: { 'carried-out': 'perhaps' } }, 'yes, no'],
    ['an operation for connections', { fault: 'tls-1-1', operation: 'ica-accounts-list' }, 'whole connections'],
    ['no times', { fault: 'hang', times: 0 }, 'times'],
  ])('%s', async (_name, fault, named) => {
    await at.set({ fault: 'latency' })
    const before = await read()
    const { status, json } = await at.set(fault)
    expect([400, 404]).toContain(status)
    expect((json as { message: string }).message).toContain(named)
    expect(await read()).toEqual(before)
  })
})

it('a reset takes them away', async () => {
  await at.set({ fault: 'status-500' })
  await at.bench.control.send('POST', `/tenants/${at.identity.organizationIdentifier}/reset`)
  expect(await read()).toEqual([])
})

it('outlive a restart, those of connections too', async () => {
  const home = scratchHome()
  const path = '/tenants/PSDSE-FINA-7/faults'
  const wanted = [
    { bank: faultyBank, fault: 'too-many-requests', times: 3 },
    { bank: faultyBank, host: 'resource', fault: 'wrong-host-name' },
  ]
  const first = await startSandbox(home, ['--bank', faultyBank])
  const { json } = await testControl(first.running).send('PUT', path, wanted)
  await first.stop()
  const second = await startSandbox(home, ['--bank', faultyBank])
  try {
    expect((await testControl(second.running).send('GET', path)).json).toEqual(json)
    const url = second.running.banks[0]?.urls.resource ?? ''
    const { ending } = await rawExchange({ url, ca: readFileSync(second.running.ca, 'utf8') })
    expect(ending).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  } finally {
    await second.stop()
    removeHome(home)
  }
})
