/** The main job in the terminal, command by command, on the built program: real keys, TLS, OAuth redirect and SQLite. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTerminal, type Terminal } from './terminal.ts'

interface CallDocument {
  request: { url: string; headers: Record<string, string>; body: unknown }
  response: { status: number; headers: Record<string, string>; body: Record<string, unknown> }
  tls: { protocol: string; clientCertificate: { sha256: string } | null; serverChain: unknown[] }
  timings: Record<string, number>
  findings: { id: string; severity: string; message: string }[]
  explanations: { errorId: string; score: number; evidence: string[]; fix: string }[]
}

const anna = 'Anna Andersson'
const bank = 'ica-banken'

let terminal: Terminal
let organisation = ''
let identity: Record<string, unknown>

const json = async <Shape>(...args: string[]): Promise<Shape> => {
  const run = await terminal.run([...args, '--json'])
  expect(run.exit, run.stderr + run.stdout).toBe(0)
  return run.json<Shape>()
}
const call = (...args: string[]) => json<CallDocument>('call', bank, ...args)
const failedCall = async (...args: string[]): Promise<CallDocument> => {
  const run = await terminal.run(['call', bank, ...args, '--json'])
  expect(run.exit, run.stdout).toBe(1)
  return run.json<CallDocument>()
}
const authorise = (scope: string, psu = anna) =>
  json<{ id: string; scope: string }>('access', 'authorise', bank, '--scope', scope, '--psu', psu)

beforeAll(async () => {
  terminal = await openTerminal()
  await terminal.start(['sandbox', '--json'])
})
afterAll(() => terminal.close())

describe('from nothing to the accounts of a customer', () => {
  it('knows the bank', async () => {
    const banks = await json<{ id: string; operations: number; errors: number }[]>('banks')
    expect(banks.map(({ id, operations, errors }) => [id, operations, errors])).toEqual([
      ['bank-of-georgia', 28, 77],
      [bank, 22, 44],
      ['payex-ledger', 32, 11],
      ['salt-edge', 6, 9],
      ['sparebank1', 1, 24],
    ])
    const ica = banks.find(({ id }) => id === bank)
    expect(ica).toMatchObject({ id: bank, name: 'ICA Banken', operations: 22, errors: 44, source: 'shipped' })
    expect(await json<unknown[]>('operations', bank)).toHaveLength(22)
    expect(await json<unknown[]>('errors', '--bank', bank)).toHaveLength(44)
    expect((await json<{ id: string }[]>('errors', 'longer', '90', 'days')).map((row) => row.id)).toContain(
      'ica-general-consent-expired',
    )
  })

  it('orders a QWAC', async () => {
    identity = await json('keys', 'order', '--name', 'acme', '--organisation-id', 'PSDSE-FINA-5560000001')
    organisation = String(identity.organizationIdentifier)
    expect(identity).toMatchObject({
      name: 'acme',
      kind: 'QWAC',
      organizationIdentifier: 'PSDSE-FINA-5560000001',
      key: { type: 'RSA', bits: 2048 },
      authority: { id: 'SE-FINA' },
      warnings: [],
    })
    expect((identity.roles as string[]).sort()).toEqual(['PSP_AI', 'PSP_PI'])
    const detail = await json<{ chain: unknown[]; keyState: string }>('keys', 'inspect', 'acme')
    expect(detail.keyState).toBe('present')
    expect(detail.chain.length).toBeGreaterThanOrEqual(1)
  })

  it('cannot authorise before it is registered', async () => {
    const run = await terminal.run(['access', 'authorise', bank, '--scope', 'account', '--psu', anna, '--json'])
    expect(run.exit).toBe(3)
    expect(run.json<{ fault: { code: string; message: string } }>().fault).toMatchObject({
      code: 'REGISTRATION_MISSING',
    })
  })

  it('registers over mutual TLS, and once more with a note', async () => {
    const first = await json<{
      registration: { clientId: string; callbackUris: string[] }
      already: boolean
      exchange: CallDocument
    }>('register', bank)
    expect(first).toMatchObject({ already: false, registration: { clientId: organisation } })
    expect(first.exchange.tls.clientCertificate?.sha256).toBe(identity.sha256)
    const again = await json<typeof first>('register', bank)
    expect(again).toMatchObject({ already: true, registration: { callbackUris: first.registration.callbackUris } })
  })

  it('gets a grant and reads accounts, balances, transactions', async () => {
    const grant = await authorise('account')
    expect(grant).toMatchObject({ scope: 'account', refreshable: true })
    const accounts = await call('ica-accounts-list', 'PSU-IP-Address=192.0.2.7')
    const [account] = accounts.response.body.accounts as { resourceId: string }[]
    expect(accounts.response.status).toBe(200)
    expect(accounts.tls).toMatchObject({ protocol: 'TLSv1.3', clientCertificate: { sha256: identity.sha256 } })
    expect(Object.keys(accounts.timings).sort()).toEqual(['dns', 'download', 'tcp', 'tls', 'total', 'wait'])
    expect(accounts.request.headers.authorization ?? accounts.request.headers.Authorization).toBe('Bearer [redacted]')
    const accountId = `accountId=${account?.resourceId}`
    expect((await call('ica-account-details', accountId, 'withBalance=true')).response.body).toHaveProperty('account')
    expect((await call('ica-account-balances', accountId)).response.body).toHaveProperty('balances')
    const page = await call('ica-account-transactions-paginated', accountId, 'PageSize=5', 'dateFrom=2026-01-01')
    const transactions = page.response.body.transactions as { booked: { transactionId: string }[] }
    expect(transactions.booked.length).toBeGreaterThan(0)
    const one = await call(
      'ica-account-transaction-details',
      accountId,
      `transactionId=${transactions.booked[0]?.transactionId}`,
    )
    expect(one.response.status).toBe(200)
  })

  it('repeats a call over one connection', async () => {
    const run = await json<{ repeats: { times: number; handshakes: number; statuses: Record<string, number> } }>(
      'call',
      bank,
      'ica-accounts-list',
      'PSU-IP-Address=192.0.2.7',
      '--repeat',
      '10',
    )
    expect(run.repeats).toMatchObject({ times: 10, handshakes: 1, statuses: { 200: 10 } })
  })

  it('keeps history, newest first, without a token in any file', async () => {
    const rows = await json<{ id: string; operation: string; at: string }[]>('history', '--limit', '5')
    expect(rows[0]?.operation).toBe('ica-accounts-list')
    expect([...rows].sort((a, b) => (a.at < b.at ? 1 : -1))).toEqual(rows)
    const shown = await json<CallDocument>('history', rows[0]!.id)
    expect(shown.response.status).toBe(200)
    const names = (await readdir(terminal.home, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    )
    const texts = await Promise.all(
      names
        .filter((entry) => !entry.parentPath.includes('sandbox'))
        .map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')),
    )
    expect(texts.filter((text) => /Bearer [A-Za-z0-9._~+/-]{16,}/.test(text))).toEqual([])
  })
})

describe('payments, baskets and their scopes', () => {
  it('creates, signs through a basket, follows, deletes', async () => {
    await authorise('payment')
    const accounts = await call('ica-accounts-list', 'PSU-IP-Address=192.0.2.7')
    const [account] = accounts.response.body.accounts as { iban: string }[]
    const payment = JSON.stringify({
      debtorAccount: { iban: account?.iban },
      instructedAmount: { currency: 'SEK', amount: '10.00' },
      creditorAccount: { iban: 'SE4550000000058398257466' },
      creditorName: 'Elbolaget AB',
      requestedExecutionDate: nextMonday(),
    })
    const product = 'paymentProduct=domestic-credit-transfers'
    const { paymentId } = (await call('ica-payment-create', product, '--body', payment)).response.body as {
      paymentId: string
    }
    const id = `paymentId=${paymentId}`
    expect((await call('ica-payment-get', product, id)).response.body).toMatchObject({ creditorName: 'Elbolaget AB' })
    const basket = (await call('ica-signing-basket-create', '--body', JSON.stringify({ paymentIds: [paymentId] })))
      .response.body as { basketId: string }
    const refused = await failedCall(
      'ica-signing-basket-sign',
      `basketId=${basket.basketId}`,
      '--grant',
      (await authorise('payment')).id,
    )
    expect(refused.explanations[0]?.errorId).toBe('ica-general-consent-invalid')
    expect(refused.findings.map((finding) => finding.id)).toContain('token-scope')
    await authorise(`basket:${basket.basketId}`)
    expect((await call('ica-signing-basket-sign', `basketId=${basket.basketId}`)).response.status).toBe(200)
    expect((await call('ica-payment-status', product, id)).response.body).toEqual({ transactionStatus: 'ACTC' })
    // Scope payment deletes what is not signed; the bank says that this one is.
    const signed = await failedCall('ica-payment-delete', product, id)
    expect(signed.explanations[0]?.errorId).toBe('ica-general-consent-invalid')
    expect(signed.findings.map((finding) => finding.id)).toContain('token-scope')
    await authorise(`payment_delete:${paymentId}`)
    expect((await call('ica-payment-delete', product, id)).response.status).toBe(204)
    expect((await call('ica-payment-status', product, id)).response.body).toEqual({ transactionStatus: 'CANC' })
  })

  it('creates a recurring payment, monthly and nothing else', async () => {
    const accounts = await call('ica-accounts-list', 'PSU-IP-Address=192.0.2.7')
    const [account] = accounts.response.body.accounts as { iban: string }[]
    const mandate = (frequency: string) =>
      JSON.stringify({
        debtorAccount: { iban: account?.iban },
        instructedAmount: { currency: 'SEK', amount: '10.00' },
        creditorAccount: { iban: 'SE4550000000058398257466' },
        creditorName: 'Hyresvärden AB',
        startDate: nextMonday(),
        frequency,
      })
    const product = 'paymentProduct=domestic-credit-transfers'
    const created = await call('ica-periodic-payment-create', product, '--body', mandate('Monthly'))
    expect(created.response.body).toMatchObject({ transactionStatus: 'RCVD' })
    const weekly = await failedCall('ica-periodic-payment-create', product, '--insist', '--body', mandate('Weekly'))
    expect(weekly.explanations[0]).toMatchObject({ errorId: 'ica-payments-frequency-not-monthly' })
  })
})

describe('grants', () => {
  it('refreshes with rotation and forgets on request', async () => {
    const grant = await authorise('account')
    const fresh = await json<{ id: string; accessTokenSecondsLeft: number }>('access', 'refresh', grant.id)
    expect(fresh).toMatchObject({ id: grant.id })
    expect((await call('ica-accounts-list', 'PSU-IP-Address=192.0.2.7', '--grant', grant.id)).response.status).toBe(200)
    expect(await json('access', 'revoke', grant.id)).toMatchObject({ revoked: true })
    const gone = await terminal.run(['access', 'refresh', grant.id, '--json'])
    expect(gone.json()).toMatchObject({ fault: { code: 'GRANT_UNKNOWN' } })
  })

  it('explains a token that grew too old', async () => {
    const grant = await authorise('account')
    await json('sandbox', 'clock', organisation, '--offset', '601')
    const late = await failedCall('ica-accounts-list', '--grant', grant.id)
    await json('sandbox', 'clock', organisation, '--offset', '0')
    expect(late.response.status).toBe(401)
    expect(late.explanations[0]?.errorId).toBe('ica-general-not-authenticated')
  })

  it('says so when the customer declines', async () => {
    const run = await terminal.run(['access', 'authorise', bank, '--scope', 'account', '--psu', 'Nils Nej', '--json'])
    expect(run.exit).toBe(7)
    expect(run.json()).toMatchObject({ fault: { code: 'ACCESS_DENIED' } })
  })

  it('prints the address for a person, gives up when nobody comes and frees the callback port', async () => {
    const { registration } = await json<{ registration: { callbackUris: string[] } }>('register', bank)
    const callback = new URL(registration.callbackUris[0]!)
    const waiting = terminal.run([
      'access',
      'authorise',
      bank,
      '--scope',
      'account',
      '--customer',
      'ssn=197202022384',
      '--timeout',
      '2',
      '--json',
    ])
    const run = await waiting
    expect(run.json()).toMatchObject({ fault: { code: 'ACCESS_TIMEOUT' } })
    expect(run.stderr).toContain('/oauth/v2/authorize?response_type=code')
    await expect(fetch(callback)).rejects.toThrow()
  })
})

/** The Monday after next, YYYY-MM-DD: a banking day well ahead. */
function nextMonday(): string {
  const date = new Date(Date.now() + 7 * 86_400_000)
  while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() + 1)
  return date.toISOString().slice(0, 10)
}
