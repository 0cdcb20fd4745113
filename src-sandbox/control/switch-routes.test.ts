/** What can be switched on inside the banks is told, and can be switched on. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBench, type TestBench } from '#sandbox/testing/test-bench.ts'
import { sandboxSwitchesSchema } from '#shared/sandbox-protocol.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const tenant = '/tenants/PSDSE-FINA-switches'

it('tells every switch of every bank, and takes each of them', async () => {
  const known = sandboxSwitchesSchema.parse((await bench.control.send('GET', '/switches')).json)
  expect(Object.keys(known).sort()).toEqual(bench.sandbox.running.banks.map(({ id }) => id).sort())
  expect(Object.values(known).flat()).toContain('account-system-timeout')
  expect(await bench.control.send('PUT', `${tenant}/switches`, known)).toEqual({ status: 200, json: known })
  const unknown = await bench.control.send('PUT', `${tenant}/switches`, { 'ica-banken': ['no-such-switch'] })
  expect(unknown).toMatchObject({ status: 400, json: { error: 'switch_unknown' } })
})
