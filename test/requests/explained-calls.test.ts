/** Calls to the real sandbox through the whole workbench: what is known of them is found beforehand and proven afterwards. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkbench, type Workbench } from '#core/workbench.ts'
import type { Exchange } from '#shared/contract/exchange.ts'

const root = resolve(import.meta.dirname, '../..')
const bank = 'ica-banken'

let dataFolder: string
let workbench: Workbench
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'tpp-explained-'))
  workbench = await openWorkbench({
    dataFolder,
    resourcesFolder: join(root, 'resources'),
    secrets: { choice: 'vault', passphrase: async () => 'correct horse battery staple' },
    openInBrowser: async () => false,
    sandboxProgram: { command: process.execPath, args: [join(root, 'src-sandbox/index.ts')] },
  })
  await workbench.client.sandbox.start({ banks: [bank] })
  await workbench.client.keys.order({ name: 'tpp' })
}, 60_000)
afterAll(async () => {
  await workbench.close()
  await rm(dataFolder, { recursive: true, force: true })
})

const proofOf = ({ explanations }: Exchange, evidence: string) =>
  explanations[0]?.causes.flatMap(({ proofs }) => proofs).find((proof) => proof.evidence === evidence)

async function authorise(scope: string): Promise<string> {
  for await (const event of await workbench.client.access.authorise({
    bank,
    scope,
    psu: 'Anna Andersson',
  }))
    if (event.type === 'grant') return event.grant.id
  throw new Error('No grant came.')
}

describe('a registration made twice', () => {
  it('is proven by the registration kept here and by the call in history', async () => {
    const { client } = workbench
    const first = await client.access.register({ bank })
    expect(first.exchange.response?.status).toBe(201)
    const again = await client.requests.send({
      bank,
      operation: 'ica-register-client',
      body: first.exchange.request.body ?? '',
    })
    expect(again.explanations[0]).toMatchObject({ errorId: 'ica-registration-already-registered', match: 'words' })
    expect(proofOf(again, 'registered-before')).toMatchObject({ holds: true })
    expect(proofOf(again, 'same-call-before')).toMatchObject({ holds: true })
    // What history gives back is what was told.
    expect((await client.history.show({ id: again.id })).explanations).toEqual(again.explanations)
  })
})

describe('a call that is no good', () => {
  it('is found out before it leaves, and proven after it came back', async () => {
    const grant = await authorise('account')
    const list = await workbench.client.requests.send({ bank, operation: 'ica-accounts-list', grant })
    const { accounts } = JSON.parse(list.response?.body ?? '') as { accounts: { resourceId: string }[] }
    const parameters = { accountId: accounts[0]!.resourceId, dateFrom: '2020-01-01', PageSize: '1000' }
    const draft = { bank, operation: 'ica-account-transactions-paginated', grant, parameters }
    const { findings } = await workbench.client.requests.preflight(draft)
    const found = findings.find(({ id }) => id === 'period-too-long')
    expect(found).toMatchObject({ severity: 'error', place: { kind: 'parameter', name: 'dateFrom' } })
    const [remedy] = found?.remedies ?? []
    expect(remedy).toMatchObject({ action: 'set-parameter', target: { name: 'dateFrom' } })
    const sent = await workbench.client.requests.send(draft)
    expect(sent.explanations[0]).toMatchObject({
      errorId: 'ica-accounts-underlying-service-invalid',
      causes: [{ verdict: 'proven' }, {}, {}, {}],
      remedies: [remedy],
    })
    expect(proofOf(sent, 'period-too-long')?.sentence).toMatch(/^dateFrom is 2020-01-01; the bank goes back 18 months/)
  })

  it('is held against the answers in history: an account id nobody has named', async () => {
    const list = await workbench.client.requests.send({ bank, operation: 'ica-accounts-list' })
    expect(list.response?.status).toBe(200)
    const unknown = await workbench.client.requests.send({
      bank,
      operation: 'ica-account-balances',
      parameters: { accountId: 'does-not-exist' },
    })
    expect(unknown.explanations[0]).toMatchObject({ errorId: 'ica-accounts-account-not-found' })
    expect(proofOf(unknown, 'id-not-seen')).toMatchObject({ holds: true })
  })

  it('says what the bank does not: a token of another scope behind a header set by hand', async () => {
    const withHeader = await workbench.client.requests.send({
      bank,
      operation: 'ica-accounts-list',
      headers: { Authorization: 'Token abc' },
    })
    const [best] = withHeader.explanations
    expect(best?.errorId).toBe('ica-general-not-authenticated')
    expect(proofOf(withHeader, 'authorization-malformed')).toMatchObject({ holds: true })
    expect(best?.remedies).toMatchObject([{ action: 'remove-header', target: { name: 'Authorization' } }])
  })

  it('is shown although it cannot be sent', async () => {
    const draft = { bank, operation: 'ica-accounts-list', headers: { 'X-Note': 'a\r\nb' } }
    const { findings, signature } = await workbench.client.requests.preflight(draft)
    expect(signature).toBeNull()
    expect(findings).toContainEqual(
      expect.objectContaining({ id: 'header-unsendable', place: { kind: 'header', name: 'X-Note' } }),
    )
    await expect(workbench.client.requests.send(draft)).rejects.toMatchObject({ code: 'HEADER_INVALID' })
  })
})
