/** `tpp explain` and `tpp signature explain` in the terminal: documents, exit numbers, and nothing secret anywhere. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explain } from '#cli/commands/explain.ts'
import { signatureExplain } from '#cli/commands/signature-explain.ts'
import { type InProcess, openInProcess, target } from './in-process.ts'

let terminal: InProcess
beforeAll(async () => {
  terminal = await openInProcess((_, response) => response.end('{}'))
})
afterAll(() => terminal.close())

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(terminal.data, '..', name)
  await writeFile(path, content)
  return path
}

const raw = `GET /psd2/Accounts HTTP/1.1
Host: gateway.example
Authorization: Bearer CANARY-token-0123456789
PSU-IP-Address: 192.0.2.7

HTTP/1.1 401 Unauthorized
Content-Type: application/problem+json

{"title":"Consent_invalid","status":401,"access_token":"CANARY-body"}
`

describe('explain', () => {
  it('prints bank, operation, explanations and draft, and keeps nothing of the report', async () => {
    const { document, text, exit } = await terminal.run(explain, await file('report.txt', raw))
    expect(exit ?? 0).toBe(0)
    expect(document).toMatchObject({
      form: 'http',
      bank: 'ica-banken',
      operation: 'ica-accounts-list',
      response: { status: 401 },
      draft: { bank: 'ica-banken', environment: 'sandbox', parameters: { 'PSU-IP-Address': '192.0.2.7' }, headers: {} },
    })
    expect((document as { explanations: unknown[] }).explanations.length).toBeGreaterThan(0)
    expect(text).toContain('This is a raw HTTP request.')
    expect(text).toContain('not taken: Authorization')
    expect(terminal.said.join('\n')).not.toContain('CANARY')
    expect(await terminal.everyFile()).not.toContain('CANARY')
    expect(await terminal.workbench().client.history.list({})).toEqual([])
  })

  it('reads what PowerShell writes', async () => {
    const bytes = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(raw, 'utf16le')])
    const { document } = await terminal.run(explain, await file('report-utf16.txt', bytes))
    expect(document).toMatchObject({ bank: 'ica-banken' })
  })

  it('says what it cannot read', async () => {
    await expect(terminal.run(explain, await file('nothing.txt', 'hello'))).rejects.toMatchObject({
      code: 'REPORT_REFUSED',
    })
    await expect(terminal.run(explain, join(terminal.data, 'absent'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    })
    await expect(terminal.run(explain)).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('cannot be steered by what is in a report', async () => {
    const hostile = `GET /psd2/Accounts HTTP/1.1\nHost: gateway.example\nX-A: \u001b]0;owned\u0007\n\n`
    const { text } = await terminal.run(explain, await file('hostile.txt', hostile))
    for (const control of ['\u0007', '\u001b']) expect(text).not.toContain(control)
  })
})

describe('signature explain', () => {
  it('names the first difference of a request that is not signed', async () => {
    const request =
      'POST /v1/payments/sepa-credit-transfers HTTP/1.1\nHost: x.example\nDate: Tue, 03 Nov 2026 10:00:00 GMT\nX-Request-ID: 1\n\n'
    const { document, text } = await terminal.run(
      signatureExplain,
      await file('unsigned.txt', request),
      '--bank',
      'sparebank1',
    )
    expect(document).toMatchObject({
      bank: 'sparebank1',
      scheme: 'http-signature',
      first: { id: 'signature-missing' },
      verification: { verdict: 'not-signed' },
    })
    expect(text).toContain('First difference: signature-missing')
    expect(text).toContain('What the bank wants:')
  })

  it('takes an exchange of one’s own, and only one of the two', async () => {
    const { id } = await terminal
      .workbench()
      .client.requests.send({ ...target, operation: 'bog-products-list', parameters: { locale: 'en' }, insist: true })
    const { document } = await terminal.run(signatureExplain, '--exchange', id)
    expect(document).toMatchObject({ scheme: 'none', first: null })
    await expect(terminal.run(signatureExplain, 'x', '--exchange', id)).rejects.toMatchObject({ code: 'USAGE' })
    await expect(terminal.run(signatureExplain, '--exchange', 'no-such')).rejects.toMatchObject({
      code: 'EXCHANGE_UNKNOWN',
    })
  })
})
