/** A workshop: one machine shares its sandbox, another workbench attaches to it with the token of one tenant. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkbench, type Workbench } from '#core/workbench.ts'
import type { SandboxReady } from '#shared/sandbox-protocol.ts'
import { met } from './sandbox-workbench.ts'

const root = resolve(import.meta.dirname, '../..')
const bank = 'ica-banken'
const tenant = 'PSDSE-FINA-5560001111'

let folder: string
let leader: Workbench
let guest: Workbench
let ready: SandboxReady
let token: string

const open = (name: string): Promise<Workbench> =>
  openWorkbench({
    dataFolder: join(folder, name),
    resourcesFolder: join(root, 'resources'),
    secrets: { choice: 'vault', passphrase: () => Promise.resolve('correct horse battery staple') },
    openInBrowser: async () => false,
    sandboxProgram: { command: process.execPath, args: [join(root, 'src-sandbox', 'index.ts')] },
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-workshop-'))
  leader = await open('leader')
  guest = await open('guest')
  ready = await leader.client.sandbox.start({ banks: [bank], listen: '0.0.0.0', hosts: ['localhost'] })
  token = (await leader.client.sandbox.tenantToken({ tenant })).token
}, 60_000)
afterAll(async () => {
  await guest.close()
  await leader.close()
  await rm(folder, { recursive: true, force: true })
})

const attach = async () => {
  const ca = await readFile(ready.ca, 'utf8')
  return guest.client.sandbox.attach({ control: ready.shared?.control ?? '', ca, token })
}

describe('a guest of a workshop', () => {
  it('attaches with the token of one tenant', async () => {
    expect(await attach()).toEqual({ control: ready.shared?.control, tenant, banks: [bank] })
    const status = await guest.client.sandbox.status()
    expect(status).toMatchObject({ running: true, attached: ready.shared?.control })
    expect(JSON.stringify(status)).not.toContain(token)
    expect((await leader.client.sandbox.status()).attached).toBeNull()
    expect((await met(guest.client.sandbox.start({}))).fault).toMatchObject({ code: 'SANDBOX_RUNNING' })
  })

  it('orders, registers, lets a customer sign at the bank’s page and calls the bank', async () => {
    const foreign = await met(
      guest.client.keys.order({ name: 'other', organizationIdentifier: 'PSDSE-FINA-5560002222' }),
    )
    expect(foreign.fault).toMatchObject({
      code: 'SANDBOX_FAILED',
      message: expect.stringContaining(`steers ${tenant} only`),
    })
    await guest.client.keys.order({ name: 'guest', organizationIdentifier: tenant, key: 'ec-p256' })
    await guest.client.access.register({ bank })
    const events = await guest.client.access.authorise({ bank, scope: 'account payment', psu: 'Anna Andersson' })
    const types: string[] = []
    for await (const event of events) types.push(event.type)
    expect(types).toContain('grant')
    const { response } = await guest.client.requests.send({
      bank,
      operation: 'ica-accounts-list',
      parameters: { 'PSU-IP-Address': '192.0.2.44' },
    })
    expect(response?.status).toBe(200)
  })

  it('sees, saves, loads and resets its own state and moves its own clock', async () => {
    const { sandbox } = guest.client
    const before = await sandbox.state({ tenant, bank })
    expect(before.banks[0]?.consents).toMatchObject([{ title: 'account payment, Anna Andersson', status: 'valid' }])
    const jump = (await sandbox.jumps({ tenant })).find(({ id }) => id === '91-days')
    expect(await sandbox.clock({ tenant, jump: '91-days' })).toEqual({ offsetSeconds: jump?.seconds })
    expect((await sandbox.state({ tenant, bank })).banks[0]?.consents).toMatchObject([{ status: 'over' }])
    await sandbox.clock({ tenant, jump: 'now' })

    const snapshot = await sandbox.snapshot({ tenant })
    expect(await sandbox.load({ tenant, snapshot })).toMatchObject({ tenant })
    const wrong = await met(sandbox.load({ tenant, snapshot: { ...snapshot, version: 9 } }))
    expect(wrong.fault).toMatchObject({ code: 'SANDBOX_FAILED', message: expect.stringContaining('version 9') })
    expect(await sandbox.reset({ tenant, bank })).toEqual({ reset: true })
    expect((await sandbox.state({ tenant, bank })).banks[0]?.consents).toEqual([])
  })

  it('touches nobody else', async () => {
    const { sandbox } = guest.client
    const other = 'PSDSE-FINA-5560002222'
    for (const work of [
      () => sandbox.state({ tenant: other }),
      () => sandbox.clock({ tenant: other, offsetSeconds: 1 }),
      () => sandbox.tenantToken({ tenant: other }),
    ])
      expect((await met<unknown>(work())).fault).toMatchObject({ code: 'SANDBOX_FAILED' })
    expect((await sandbox.tenants()).map((one) => one.tenant)).toEqual([tenant])
    expect((await leader.client.sandbox.tenants()).map((one) => one.tenant)).toContain('-')
  })

  it('is refused plain http, another CA and a token that was not handed out', async () => {
    const { sandbox } = guest.client
    const ca = await readFile(ready.ca, 'utf8')
    const control = ready.shared?.control ?? ''
    const foreignCa = await readFile(join(folder, 'leader', 'sandbox', 'authorities', 'stranger-root.pem'), 'utf8')
    const fault = async (wish: { control: string; ca: string; token: string }) =>
      (await met(sandbox.attach(wish))).fault
    expect(await fault({ control: ready.control, ca, token })).toMatchObject({ code: 'INPUT_INVALID' })
    expect(await fault({ control, ca: 'nothing', token })).toMatchObject({ code: 'CERTIFICATE_UNREADABLE' })
    expect(await fault({ control, ca: foreignCa, token })).toMatchObject({ code: 'SANDBOX_DOWN' })
    expect(await fault({ control, ca, token: 'tenant.x.y' })).toMatchObject({ code: 'SANDBOX_FAILED' })
  })

  it('lets go again', async () => {
    // What was refused above has changed nothing.
    expect((await guest.client.sandbox.state({ tenant })).tenant).toBe(tenant)
    expect(await guest.client.sandbox.detach()).toEqual({ detached: true })
    expect(await guest.client.sandbox.status()).toMatchObject({ running: false, attached: null })
    expect(await guest.client.sandbox.detach()).toEqual({ detached: false })
  })
})
