/** A locked workbench sends nothing, signs nothing and shows no body, and goes on where it was once it is opened (K9). */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Grant } from '#shared/contract/access.ts'
import { Fault } from '#shared/fault.ts'
import { bank, met, openSandboxWorkbench, passphrase, type SandboxWorkbench } from '../sandbox/sandbox-workbench.ts'

let workbench: SandboxWorkbench
let grant: Grant
let first = true
/** As behind a window: the vault is made at the beginning, afterwards nobody sits at a terminal to be asked. */
const ask = async (): Promise<string> => {
  if (!first) throw new Fault('VAULT_PASSPHRASE_MISSING')
  first = false
  return passphrase
}
const accounts = { operation: 'ica-accounts-list', parameters: { 'PSU-IP-Address': '192.0.2.7' } }

beforeAll(async () => {
  workbench = await openSandboxWorkbench(ask)
  grant = await workbench.authorise('account')
}, 60_000)
afterAll(() => workbench?.close())
afterEach(() => void vi.useRealTimers())

const refused = { fault: expect.objectContaining({ code: 'VAULT_PASSPHRASE_MISSING' }) }
async function authorise(): Promise<void> {
  for await (const _event of await workbench.client.access.authorise({
    bank,
    scope: 'account',
    psu: 'Anna Andersson',
  }));
}

describe('a workbench that locked itself', () => {
  it('sends nothing, whatever it is asked for', async () => {
    const { client } = workbench
    const { exchange } = await workbench.call(accounts)
    expect(exchange?.response?.status).toBe(200)
    vi.useFakeTimers({ toFake: ['Date'] })
    await client.workspace.lockAfter({ minutes: 10 })
    await client.workspace.present()
    vi.setSystemTime(Date.now() + 11 * 60_000)
    await client.workspace.present()
    vi.useRealTimers()
    expect(await client.workspace.keyStore()).toMatchObject({ vault: 'locked' })

    const before = await workbench.log()
    expect(await workbench.call(accounts)).toMatchObject(refused)
    expect(await workbench.call({ ...accounts, grant: 'none' })).toMatchObject(refused)
    expect(await met(client.access.refresh({ grant: grant.id }))).toMatchObject(refused)
    expect(await met(client.access.register({ bank }))).toMatchObject(refused)
    expect(await met(authorise())).toMatchObject(refused)
    expect(await met(client.keys.order({ name: 'another' }))).toMatchObject(refused)
    expect(await workbench.log()).toEqual(before)

    const shown = await client.history.show({ id: exchange!.id })
    expect(shown.response?.body).toBe('')
    expect(shown.findings).toContainEqual(expect.objectContaining({ message: expect.stringMatching(/bod(y|ies)/i) }))
  })

  it('goes on once its vault is open', async () => {
    const { client } = workbench
    await client.workspace.lock()
    await client.workspace.unlockVault({ passphrase })
    const { exchange } = await workbench.call(accounts)
    expect(exchange?.response?.status).toBe(200)
    // Nothing of the connection from before the lock is used again (T3).
    expect(exchange?.tls?.resumed).toBe(false)
    expect((await client.history.show({ id: exchange!.id })).response?.body).toContain('accounts')
  })
})
