/** `tpp sandbox faults` over a real sandbox: listed, set, added to, replaced and cleared. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxFault, SandboxFaultKind } from '#shared/sandbox-protocol.ts'
import { fromWire } from '#shared/wire.ts'
import { bank, openSandboxWorkbench, type SandboxWorkbench } from '../../test/sandbox/sandbox-workbench.ts'
import { type CommandContext, type Outcome, readArguments } from '../command.ts'
import { sandboxFaults } from './sandbox-faults.ts'

let at: SandboxWorkbench
beforeAll(async () => {
  at = await openSandboxWorkbench()
}, 60_000)
afterAll(() => at.close())

async function run(...raw: string[]): Promise<Outcome> {
  const context: CommandContext = {
    arguments: readArguments(sandboxFaults, raw),
    json: true,
    signal: new AbortController().signal,
    tell: () => {},
    announce: () => {},
    client: async () => at.client,
    workbench: () => Promise.reject(new Error('not needed')),
  }
  return sandboxFaults.run(context)
}

const refused = async (...raw: string[]) => {
  const fault = fromWire(
    await run(...raw).then(
      () => null,
      (error: unknown) => error,
    ),
  )
  return { code: fault.code, message: fault.message }
}

it('without an organisation id lists what there is', async () => {
  const { document, text } = await run()
  const kinds = document as SandboxFaultKind[]
  expect(kinds.map(({ id }) => id)).toContain('lost-refresh-answer')
  for (const { id } of kinds) expect(text).toMatch(new RegExp(`^${id} `, 'm'))
  expect(text).toContain('milliseconds=3000 (milliseconds, 1 to 600000)')
  expect(text).toContain('alert=unknown-ca|bad-certificate')
  expect(text).toMatch(/^tls-1-1 +connections, of everyone/m)
})

describe('with one', () => {
  const set = async (...raw: string[]) => (await run(at.tenant, ...raw)).document as SandboxFault[]

  it('adds, replaces at the same place, and clears', async () => {
    expect(await set()).toEqual([])
    const one = ['--bank', bank, '--operation', 'ica-accounts-list', '--set', 'latency:milliseconds=500']
    expect(await set(...one, '--times', '3')).toEqual([
      { bank, operation: 'ica-accounts-list', fault: 'latency', parameters: { milliseconds: 500 }, times: 3 },
    ])
    expect(await set('--bank', bank, '--set', 'reset:after=5,carried-out=no', '--set', 'drip')).toHaveLength(3)
    const replaced = await set(...one.slice(0, 4), '--set', 'latency')
    expect(replaced.filter(({ fault }) => fault === 'latency')).toMatchObject([{ parameters: { milliseconds: 3000 } }])
    expect(replaced.find(({ fault }) => fault === 'reset')?.parameters).toEqual({ 'carried-out': 'no', after: 5 })
    expect((await run(at.tenant)).text).toMatch(/ica-banken +\* +reset +carried-out=no after=5 +until cleared/)
    expect(await set('--bank', 'salt-edge', '--clear')).toHaveLength(3)
    expect(await set('--bank', bank, '--clear', '--set', 'hang')).toMatchObject([{ fault: 'hang', operation: '*' }])
    expect(await set('--clear')).toEqual([])
    expect((await run(at.tenant)).text).toBe('Nothing is made to go wrong.')
  })

  it.each([
    [['--set', 'hang'], 'USAGE', '--bank'],
    [['--bank', bank, '--times', '2'], 'USAGE', '--set'],
    [['--bank', bank, '--set', 'latency:500'], 'USAGE', 'name=value'],
    [['--bank', bank, '--set', 'gremlins'], 'SANDBOX_FAILED', 'gremlins'],
    [['--bank', bank, '--set', 'latency:milliseconds=soon'], 'SANDBOX_FAILED', 'whole number of milliseconds'],
  ])('refuses %j', async (raw, code, named) => {
    const fault = await refused(at.tenant, ...raw)
    expect(fault.code).toBe(code)
    expect(fault.message).toContain(named)
  })

  it('wants the organisation id where something is to be set', async () => {
    expect(await refused('--bank', bank, '--set', 'hang')).toMatchObject({ code: 'USAGE' })
  })
})
