/** A report from outside finds its bank and operation, is masked, explained, and becomes a draft without anybody's secrets. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenedReport } from '#shared/contract/reports.ts'
import { Fault } from '#shared/fault.ts'
import { type BankShelf, createBankShelf } from '../../banks/bank-shelf.ts'
import { type OpenReportInput, openReport, type ReportedCall } from './open-report.ts'
import { runRead } from './run-read.ts'

let folder: string
let banks: BankShelf
const explained: ReportedCall[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-open-report-'))
  const shipped = join(import.meta.dirname, '..', '..', '..', 'resources', 'banks')
  banks = createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const open = (input: string | OpenReportInput): Promise<OpenedReport> =>
  openReport(typeof input === 'string' ? { text: input } : input, {
    banks,
    endpoints: (bank, environment) => {
      const { urls, kind } = bank.environment(environment)
      if (kind === 'local-sandbox') return Promise.reject(new Fault('SANDBOX_DOWN'))
      return Promise.resolve({ urls, ca: [] })
    },
    read: runRead,
    explain: (call) => {
      explained.push(call)
      return []
    },
  })

const headers = [
  'Authorization: Bearer CANARY-token-1234567890',
  'X-Request-ID: 9b45fa6c-ff61-4e73-aec8-5e805388ce7f',
  'Date: Tue, 03 Nov 2026 10:00:00 GMT',
  'Digest: SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'TPP-Signature-Certificate: TUlJ',
  'Cookie: a=CANARY-cookie',
]

describe('openReport', () => {
  it('knows a bank by the host of its production, and leaves out what is somebody else’s', async () => {
    const { profile } = await banks.open('ica-banken')
    const host = profile.environments.find(({ id }) => id === 'production')!.urls.token!
    const text = `curl ${headers.map((line) => `-H '${line}'`).join(' ')} -d 'grant_type=authorization_code&code=CANARY-code-12345&client_id=PSDSE-1' ${host}/oauth/v2/mtls-token`
    const opened = await open(text)
    expect(opened.bank).toBe('ica-banken')
    expect(opened.environment).toBe('production')
    expect(JSON.stringify(opened)).not.toContain('CANARY')
    expect(opened.draft).toMatchObject({ bank: 'ica-banken', environment: 'sandbox', operation: opened.operation })
    expect(opened.draft?.body).toBeUndefined()
    expect(opened.leftOut.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'Authorization',
        'X-Request-ID',
        'Date',
        'Digest',
        'TPP-Signature-Certificate',
        'Cookie',
        '',
      ]),
    )
  })

  it('finds every operation of every bank by its path alone, or says which it could be', async () => {
    for (const bank of await banks.all()) {
      for (const operation of bank.operations) {
        const path = operation.path.replace(/\{[^}]+\}/g, 'a1')
        if (path === '/' || !/[a-z]/i.test(operation.path.replace(/\{[^}]+\}/g, ''))) continue
        const form = new URLSearchParams(operation.when).toString()
        const length = form === '' ? '' : `Content-Length: ${form.length}\n`
        const { candidates } = await open(
          `${operation.method} /gateway${path} HTTP/1.1\nHost: unknown.example\n${length}\n${form}`,
        )
        expect(candidates.map((each) => `${each.bank} ${each.operation}`)).toContain(`${bank.id} ${operation.id}`)
      }
    }
  }, 60_000)

  it('keeps ids and body, maps headers to parameters, and goes to the environment that is asked for', async () => {
    const body = '{ "instructedAmount": {"amount":"1.00","currency":"GEL"} }'
    const text = `POST /psd2/v1/payments/domestic HTTP/1.1\nHost: x.example\n${headers.join('\n')}\nPSU-IP-Address: 192.168.8.78\nx-jws-signature: eyJhbGciOiJSUzI1NiJ9..c2ln\nX-Own: 1\nContent-Type: application/json\nContent-Length: ${body.length}\n\n${body}\n`
    const opened = await open({ text, into: 'production', identity: 'acme' })
    expect(opened.bank).toBe('bank-of-georgia')
    expect(opened.draft).toMatchObject({ environment: 'production', identity: 'acme', body })
    expect(opened.draft?.parameters['PSU-IP-Address']).toBe('192.168.8.78')
    expect(opened.draft?.headers).toEqual({ 'X-Own': '1' })
  })

  it('shows candidates where it cannot be decided, and takes a choice', async () => {
    const text = 'GET /accounts HTTP/1.1\nHost: x.example\n\n'
    const none = await open('GET /nothing/like/it HTTP/1.1\nHost: x.example\n\n')
    expect(none).toMatchObject({ bank: null, operation: null, draft: null, candidates: [] })
    expect(none.remarks.map(({ id }) => id)).toContain('operation-unknown')
    const [operation] = (await banks.open('ica-banken')).operations
    const chosen = await open({ text, bank: 'ica-banken', operation: operation!.id })
    expect(chosen).toMatchObject({ bank: 'ica-banken', operation: operation!.id })
    await expect(open({ text, operation: 'x' })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    await expect(open({ text, bank: 'nope' })).rejects.toMatchObject({ code: 'BANK_UNKNOWN' })
  })

  it('never sends what is masked: values of a document that was redacted are left out', async () => {
    const text = JSON.stringify({
      bank: 'sparebank1',
      operation: (await banks.open('sparebank1')).operations[0]!.id,
      request: {
        method: 'POST',
        url: 'https://x.example/',
        headers: { 'PSU-ID': '[redacted]', Authorization: 'Bearer [redacted]' },
        body: '{"a":"[redacted]"}',
      },
      response: { status: 400, headers: {}, body: { access_token: 'CANARY-abcdef' } },
    })
    const opened = await open(text)
    expect(JSON.stringify(opened.draft)).not.toContain('redacted')
    expect(opened.leftOut.map(({ part, name }) => `${part} ${name}`)).toEqual([
      'header PSU-ID',
      'header Authorization',
      'body ',
    ])
    expect(JSON.stringify(opened)).not.toContain('CANARY')
    expect(explained.at(-1)).toMatchObject({ environment: 'sandbox', entry: { response: { status: 400 } } })
  })
})
