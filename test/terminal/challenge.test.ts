/** `tpp access challenge` with the built program: the sandbox's customer clicks, and the same payment goes out once more. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTerminal, type Terminal } from './terminal.ts'

let terminal: Terminal
let sandbox: Awaited<ReturnType<Terminal['start']>>
let file = ''

const payment = (amount: string) => ({
  instructedAmount: { amount, currency: 'EUR' },
  creditorName: 'Kari Hansen',
  creditorAccount: { iban: 'DE89370400440532013000' },
  debtorAccount: { iban: 'NO7186011117955' },
})

beforeAll(async () => {
  terminal = await openTerminal()
  sandbox = await terminal.start(['sandbox', '--json'])
  expect((await terminal.run(['keys', 'order', '--name', 'acme'])).exit).toBe(0)
  file = join(terminal.home, '..', 'payment.json')
}, 60_000)
afterAll(async () => {
  await sandbox.stop()
  await terminal.close()
})

const challenge = async (amount: string, ...more: string[]) => {
  await writeFile(file, JSON.stringify(payment(amount)))
  const call = ['access', 'challenge', 'sparebank1', 'sb1-sct-payment-create', 'PSU-ID=ola.nordmann']
  return terminal.run([...call, '--body-file', file, '--psu', 'Ola Nordmann', '--json', ...more])
}

interface Document {
  response: { status: number; body: { transactionStatus?: string } }
  request: { headers: Record<string, string> }
  delivery: string
}

it('prints the answer to the repeat', async () => {
  const run = await challenge('10.01')
  expect(run.exit, run.stderr).toBe(0)
  const { response, delivery, request } = run.json<Document>()
  expect(response).toMatchObject({ status: 201, body: { transactionStatus: expect.any(String) } })
  expect(delivery).toBe('answered')
  const history = (await terminal.run(['history', '--bank', 'sparebank1', '--json'])).json<
    { status: number; requestId: string }[]
  >()
  expect(history.map(({ status }) => status)).toEqual([201, 401])
  expect(new Set(history.map(({ requestId }) => requestId)).size).toBe(2)
  expect(Object.keys(request.headers).map((name) => name.toLowerCase())).toContain('tpp-redirect-uri')
})

it('ends with 1 when the customer declines', async () => {
  const run = await challenge('10.02', '--decision', 'deny')
  expect(run.exit).toBe(1)
  expect(run.json<Document>().response).toMatchObject({ status: 400, body: { code: 'SCA_INVALID' } })
})

it('says which word is missing, and what is not offered', async () => {
  expect((await terminal.run(['access', 'challenge', 'sparebank1', '--json'])).json()).toMatchObject({
    fault: { code: 'USAGE', message: expect.stringContaining('<operation> is missing. Usage: tpp access challenge') },
  })
  const elsewhere = await terminal.run(['access', 'challenge', 'ica-banken', 'ica-accounts-list', '--json'])
  expect(elsewhere.json()).toMatchObject({ fault: { code: 'OPERATION_NOT_OFFERED' } })
})
