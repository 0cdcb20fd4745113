/** The debugger and the sandbox, each with its own code, agree on what was signed, byte for byte, and on whether it verifies. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkbench, type Workbench } from '#core/workbench.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'

const root = resolve(import.meta.dirname, '../..')
const tenant = 'PSDSE-FINA-5560009999'

let folder: string
let workbench: Workbench

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-signature-agreement-'))
  workbench = await openWorkbench({
    dataFolder: join(folder, 'data'),
    resourcesFolder: join(root, 'resources'),
    secrets: { choice: 'vault', passphrase: () => Promise.resolve('correct horse battery staple') },
    openInBrowser: async () => false,
    sandboxProgram: { command: process.execPath, args: [join(root, 'src-sandbox', 'index.ts')] },
  })
  const { client } = workbench
  await client.sandbox.start({ banks: ['salt-edge', 'sparebank1', 'bank-of-georgia'] })
  await client.keys.order({ name: 'qwac', organizationIdentifier: tenant })
  await client.keys.order({ name: 'qseal', organizationIdentifier: tenant, kind: 'QSEAL' })
}, 120_000)
afterAll(async () => {
  await workbench?.close()
  await rm(folder, { recursive: true, force: true })
})

const drafts: Record<string, DraftInput> = {
  'salt-edge': {
    bank: 'salt-edge',
    operation: 'salt-edge-cof-consent-get',
    parameters: { consent_id: '17' },
    identity: 'qseal',
    insist: true,
  },
  'salt-edge with a body': {
    bank: 'salt-edge',
    operation: 'salt-edge-cof-consent-create',
    parameters: { 'TPP-Redirect-Preferred': 'true' },
    body: '{ "account":{"iban":"SE4550000000058398257466"}}\r\n',
    identity: 'qseal',
    insist: true,
  },
  sparebank1: {
    bank: 'sparebank1',
    operation: 'sb1-sct-payment-create',
    identity: 'qwac',
    body: '{"å":1}',
    insist: true,
  },
  'bank-of-georgia': {
    bank: 'bank-of-georgia',
    operation: 'bog-consent-create',
    identity: 'qwac',
    body: '{ }',
    grant: 'none',
    insist: true,
  },
}

const sent = (draft: DraftInput): Promise<Exchange> => workbench.client.requests.send(draft)

describe('the signing string', () => {
  it.each(Object.keys(drafts))('of %s', async (name) => {
    const draft = drafts[name]!
    const exchange = await sent(draft)
    const own = await workbench.client.requests.explainSignature({ exchange: exchange.id })
    const log = await workbench.client.sandbox.log({ tenant })
    const requestId = exchange.request.headers.find(([field]) => field.toLowerCase() === 'x-request-id')?.[1]
    const theirs = log.find((entry) => entry.bank === draft.bank && entry.requestId === requestId)?.signature
    expect(theirs?.signingString).toEqual(expect.stringContaining('x-request-id: '))
    expect(theirs?.verdict).toBe('good')
    expect(own.signingString).toBe(theirs?.signingString)
    expect(own.signingString).toBe(exchange.signature?.signingString)
    expect(own.differences).toEqual([])
    expect(own.verification.verdict).toBe('verifies')
    expect(own.certificate?.sha256).toBe(theirs?.certificate)
    expect(own.digest?.bytes).toBe(Buffer.byteLength(draft.body ?? ''))
    expect(own.digest?.fitting).toBe(own.digest?.sent)
  })

  it('agrees on what does not verify too: the sandbox refuses what the debugger names', async () => {
    const exchange = await sent({
      ...drafts['salt-edge with a body']!,
      headers: { Digest: 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' },
    })
    const own = await workbench.client.requests.explainSignature({ exchange: exchange.id })
    expect(own).toMatchObject({ first: { id: 'digest-of-empty-string' }, verification: { verdict: 'verifies' } })
    const [entry] = await workbench.client.sandbox.log({ tenant })
    expect(entry?.signature).toMatchObject({
      verdict: 'digest-differs',
      signingString: own.signingString === null ? '' : expect.any(String),
    })
  })

  it('a pasted request is taken apart the same way, and found by the sandbox’s own address', async () => {
    const exchange = await sent(drafts['salt-edge']!)
    const { request } = exchange
    const url = new URL(request.url)
    const headers = request.headers.map(([name, value]) => `${name}: ${value}`).join('\r\n')
    const text = `${request.method} ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n${headers}\r\n\r\n`
    const pasted = await workbench.client.requests.explainSignature({ text })
    expect(pasted).toMatchObject({
      bank: 'salt-edge',
      environment: 'sandbox',
      differences: [],
      verification: { verdict: 'verifies' },
    })
    const spoiled = await workbench.client.requests.explainSignature({
      text: text.replace(/SN=([0-9A-F]+)/, (_, hex: string) => `SN=${BigInt(`0x${hex}`)}`),
    })
    expect(spoiled.first?.id).toBe('decimal-serial')
    const opened = await workbench.client.requests.openReport({ text })
    expect(opened).toMatchObject({ bank: 'salt-edge', environment: 'sandbox', operation: 'salt-edge-cof-consent-get' })
    expect(opened.draft).toMatchObject({ parameters: { consent_id: '17' }, headers: {} })
  })
})
