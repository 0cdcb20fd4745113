/** At Bank of Georgia's sandbox: what was seen of a consent before its customer authorised it is held against no call, until its status is read. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkbench, type Workbench } from '#core/workbench.ts'
import type { Finding } from '#shared/contract/exchange.ts'
import type { Remembered } from '#shared/contract/followed.ts'

const root = resolve(import.meta.dirname, '../..')
const bank = 'bank-of-georgia'
const iban = 'GE44BG9000000000000001'

let dataFolder: string
let workbench: Workbench
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'tpp-returned-'))
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

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function createConsent(): Promise<Remembered> {
  const { client } = workbench
  const access = { accounts: [{ iban }], balances: [{ iban }] }
  const limits = { recurringIndicator: true, validUntil: day(90), frequencyPerDay: 4, combinedServiceIndicator: false }
  const { uri } = await client.access.returnAddress({ bank })
  const created = await client.requests.send({
    bank,
    operation: 'bog-consent-create',
    grant: 'none',
    parameters: { 'PSU-IP-Address': '192.0.2.7', 'TPP-Redirect-URI': uri },
    body: JSON.stringify({ access, ...limits }),
  })
  expect(created.response?.status).toBe(201)
  const { consentId } = JSON.parse(created.response?.body ?? '') as { consentId: string }
  const consents = await client.access.consents({ bank })
  return consents.find(({ resource }) => resource === consentId)!
}

/** @returns the id of the grant; null where the customer declined. */
async function authorise({ id }: Remembered, decision: 'approve' | 'deny' = 'approve'): Promise<string | null> {
  try {
    for await (const event of await workbench.client.access.authoriseConsent({
      consent: id,
      psu: 'Nino Beridze',
      decision,
    }))
      if (event.type === 'grant') return event.grant.id
  } catch (fault) {
    expect(fault).toMatchObject({ code: 'ACCESS_DENIED' })
  }
  return null
}

const accounts = ({ resource }: Remembered, more: object = {}) => ({
  bank,
  operation: 'bog-accounts-list',
  parameters: { 'Consent-ID': resource, 'PSU-IP-Address': '192.0.2.7' },
  ...more,
})
const aboutConsent = (findings: readonly Finding[]) => findings.filter(({ place }) => place?.kind === 'consent')

describe('a consent whose customer came back', () => {
  it('is not known, and reading its status makes it known', async () => {
    const { client } = workbench
    const consent = await createConsent()
    expect(consent.status).toBe('received')
    const before = await client.requests.preflight(accounts(consent, { grant: 'none' }))
    expect(aboutConsent(before.findings)).toMatchObject([{ id: 'consent-not-valid', severity: 'warning' }])

    const grant = await authorise(consent)
    const draft = accounts(consent, { grant })
    const after = await client.requests.preflight(draft)
    const [unread, ...others] = aboutConsent(after.findings)
    expect(others).toEqual([])
    expect(unread).toMatchObject({
      id: 'consent-unread',
      severity: 'note',
      message: expect.stringMatching(
        /was received when its status was last seen .*before the customer authorised it; read it\.$/,
      ),
      remedies: [{ action: 'read-status', target: { consent: consent.id } }, { action: 'open-consent' }],
    })
    expect(after.findings.filter(({ severity }) => severity !== 'note')).toEqual([])

    const list = await client.requests.send(draft)
    expect(list.response?.status).toBe(200)
    // What the remedy does, in window and terminal.
    for await (const event of await client.access.follow({ consent: consent.id, timeout: 1 }))
      if (event.type === 'status') expect(event.status).toBe('valid')
    expect(aboutConsent((await client.requests.preflight(draft)).findings)).toEqual([])
  })

  it('contradicts no answer of the bank', async () => {
    const { client } = workbench
    const consent = await createConsent()
    const grant = await authorise(consent)
    const refused = await client.requests.send(accounts(consent, { grant, headers: { Accept: 'text/csv' } }))
    expect(refused.response?.status).toBe(406)
    expect(refused.explanations[0]).toMatchObject({
      errorId: 'bog-ais-406-requested-formats-invalid',
      contradicted: null,
    })
    const missing = await client.requests.send({
      bank,
      operation: 'bog-account-balances',
      grant: grant!,
      parameters: { 'Consent-ID': consent.resource, 'PSU-IP-Address': '192.0.2.7', 'account-id': 'nowhere' },
    })
    expect(missing.response?.status).toBeGreaterThanOrEqual(400)
    expect(missing.explanations[0]?.contradicted).toBeNull()
    const proofs = missing.explanations.flatMap(({ causes }) => causes.flatMap((cause) => cause.proofs))
    const about = proofs.filter(({ evidence }) => ['consent-not-valid', 'step-skipped'].includes(evidence))
    expect(about.filter(({ holds }) => holds === true)).toEqual([])
  })

  it('is not known after a customer declined either', async () => {
    const consent = await createConsent()
    expect(await authorise(consent, 'deny')).toBeNull()
    const { findings } = await workbench.client.requests.preflight(accounts(consent, { grant: 'none' }))
    expect(aboutConsent(findings)).toMatchObject([{ id: 'consent-unread' }])
  })
})
