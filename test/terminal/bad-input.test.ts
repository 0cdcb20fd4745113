/** What the terminal says to wrong input and missing parts: a sentence that names the field and the remedy, and the right exit number. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTerminal, type Terminal } from './terminal.ts'

interface FaultDocument {
  fault: { code: string; message: string; details: Record<string, unknown> }
}

const bank = 'ica-banken'
let terminal: Terminal

const fault = async (...args: string[]) => {
  const run = await terminal.run([...args, '--json'])
  return { exit: run.exit, stderr: run.stderr, ...run.json<FaultDocument>().fault }
}

beforeAll(async () => {
  terminal = await openTerminal()
})
afterAll(() => terminal.close())

describe('unknown words list the near ones', () => {
  it('command', async () => {
    expect(await fault('cal')).toMatchObject({ exit: 2, code: 'USAGE', message: expect.stringContaining('call') })
    expect(await fault('keys')).toMatchObject({
      exit: 2,
      message: expect.stringContaining('order, import, list, inspect, delete'),
    })
  })
  it('option', async () => {
    expect(await fault('call', bank, 'ica-accounts-list', '--grnat', 'x')).toMatchObject({
      exit: 2,
      message: expect.stringContaining('--grant'),
    })
  })
  it('bank', async () => {
    expect(await fault('operations', 'ica-bank')).toMatchObject({
      exit: 2,
      code: 'BANK_UNKNOWN',
      message: expect.stringContaining('ica-banken'),
    })
  })
  it('operation', async () => {
    const answer = await fault('call', bank, 'ica-acounts-list')
    expect(answer).toMatchObject({
      exit: 2,
      code: 'OPERATION_UNKNOWN',
      message: expect.stringContaining('ica-accounts-list'),
    })
  })
  it('parameter', async () => {
    const answer = await fault('call', bank, 'ica-account-transactions-paginated', 'accountId=1', 'PageSze=3')
    expect(answer).toMatchObject({ exit: 2, code: 'PARAMETER_UNKNOWN', message: expect.stringContaining('PageSize') })
  })
  it('environment', async () => {
    expect(await fault('call', bank, 'ica-accounts-list', '--environment', 'prod')).toMatchObject({
      exit: 2,
      code: 'ENVIRONMENT_UNKNOWN',
      message: expect.stringContaining('production'),
    })
  })
})

describe('values that do not fit', () => {
  it('a missing path parameter', async () => {
    expect(await fault('call', bank, 'ica-account-details')).toMatchObject({
      exit: 2,
      code: 'PARAMETER_MISSING',
      details: { parameter: 'accountId' },
    })
  })
  it('a number that is none', async () => {
    expect(await fault('call', bank, 'ica-accounts-list', '--repeat', 'many')).toMatchObject({
      exit: 2,
      code: 'USAGE',
      message: expect.stringContaining('--repeat'),
    })
  })
  it('a body that breaks the schema names the JSON pointer', async () => {
    const body = JSON.stringify({
      debtorAccount: { iban: 'SE45' },
      instructedAmount: { currency: 'kronor', amount: '1' },
      creditorAccount: {},
    })
    const answer = await fault(
      'call',
      bank,
      'ica-payment-create',
      'paymentProduct=domestic-credit-transfers',
      '--body',
      body,
    )
    expect(answer).toMatchObject({ exit: 2, code: 'BODY_INVALID' })
    expect(answer.message).toContain('/instructedAmount/currency')
    expect(answer.message).toContain('/creditorName is required')
  })
  it('a body that is no JSON names line and column', async () => {
    const answer = await fault(
      'call',
      bank,
      'ica-payment-create',
      'paymentProduct=domestic-credit-transfers',
      '--body',
      '{\n "a": }',
    )
    expect(answer).toMatchObject({
      exit: 2,
      code: 'BODY_INVALID',
      message: expect.stringContaining('line 2, column 7'),
    })
  })
  it('a page size above the maximum', async () => {
    const answer = await fault('call', bank, 'ica-account-transactions-paginated', 'accountId=1', 'PageSize=1001')
    expect(answer).toMatchObject({ exit: 2, code: 'PARAMETER_INVALID', details: { parameter: 'PageSize' } })
  })
  it('a file that is not there', async () => {
    expect(await fault('keys', 'import', '/nowhere/key.pem', '--name', 'x')).toMatchObject({
      exit: 2,
      code: 'FILE_UNREADABLE',
    })
  })
  it('an order with a role there is not', async () => {
    expect(await fault('keys', 'order', '--name', 'x', '--roles', 'PSP_XX')).toMatchObject({
      exit: 2,
      code: 'INPUT_INVALID',
      message: expect.stringContaining('roles'),
    })
  })
  it('a word for the key store there is not', async () => {
    const run = await terminal.run(['keys', 'list', '--json'], { environment: { TPP_SECRETS: 'drawer' } })
    expect(run.exit).toBe(2)
    expect(run.json<FaultDocument>().fault.message).toContain('TPP_SECRETS')
  })
})

describe('what must be there first', () => {
  it('an identity, and how to get one', async () => {
    const answer = await fault('call', bank, 'ica-accounts-list')
    expect(answer).toMatchObject({ exit: 3, code: 'IDENTITY_MISSING' })
    expect(answer.message).toMatch(/tpp keys order .*tpp keys import/)
  })
  it('the sandbox', async () => {
    expect(await fault('keys', 'order', '--name', 'acme')).toMatchObject({
      exit: 8,
      code: 'SANDBOX_DOWN',
      message: expect.stringContaining('tpp sandbox'),
    })
  })
  it('a URL of the environment', async () => {
    expect(
      await fault(
        'call',
        bank,
        'ica-accounts-list',
        '--environment',
        'bank-sandbox',
        '--identity',
        'none',
        '--grant',
        'none',
      ),
    ).toMatchObject({ exit: 3, code: 'ENVIRONMENT_INCOMPLETE', details: { host: 'resource' } })
  })
  it('an operation the bank offers: nothing leaves for production', async () => {
    const answer = await fault('call', bank, 'ica-funds-confirmation', '--environment', 'production')
    expect(answer).toMatchObject({
      exit: 3,
      code: 'OPERATION_NOT_OFFERED',
      message: expect.stringContaining('nothing was sent'),
    })
    expect(await terminal.run(['history', '--json']).then((run) => run.json<unknown[]>())).toEqual([])
  })
  it('a passphrase for the vault', async () => {
    const certificates = join(terminal.home, '..', 'empty.pem')
    await writeFile(certificates, 'nothing here')
    expect(await fault('keys', 'import', certificates, '--name', 'x')).toMatchObject({ exit: 4 })
    const run = await terminal.run(['doctor', '--json'], { environment: { TPP_PASSPHRASE_FILE: '' } })
    expect(run.json()).toHaveProperty('checks')
  })
})

describe('the sandbox', () => {
  it('names the port that is taken', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
    const { port } = blocker.address() as { port: number }
    const answer = await fault('sandbox', '--port', String(port))
    blocker.close()
    expect(answer).toMatchObject({
      exit: 8,
      code: 'SANDBOX_PORT_TAKEN',
      message: expect.stringContaining(String(port)),
    })
  })
  it('runs once per data folder, and leaves nothing behind when stopped by Ctrl-C', async () => {
    const first = await terminal.start(['sandbox', '--json'])
    expect(JSON.parse(first.line)).toMatchObject({
      ready: true,
      banks: expect.arrayContaining([expect.objectContaining({ id: bank })]),
    })
    expect(await fault('sandbox')).toMatchObject({ exit: 8, code: 'SANDBOX_RUNNING' })
    expect(await first.stop('SIGINT')).toBe(0)
    const status = await terminal.run(['sandbox', 'status', '--json'])
    expect(status.json()).toEqual({ running: false, sandbox: null, attached: null })
  })
  it('runs in a folder of its own where one is named, and is met there only', async () => {
    const home = join(await mkdtemp(join(tmpdir(), 'tpp-home-')), 'workshop')
    const elsewhere = await terminal.start(['sandbox', '--home', home, '--bank', bank, '--json'])
    const { banks, ca } = JSON.parse(elsewhere.line) as { banks: { id: string }[]; ca: string }
    expect(banks.map(({ id }) => id)).toEqual([bank])
    expect(ca.startsWith(home)).toBe(true)
    const running = async (...more: string[]) =>
      (await terminal.run(['sandbox', 'status', ...more, '--json'])).json<{ running: boolean }>().running
    expect([await running(), await running('--home', home)]).toEqual([false, true])
    expect(await elsewhere.stop('SIGINT')).toBe(0)
    await rm(dirname(home), { recursive: true })
  })
})

describe('help', () => {
  it('is there for every command, and stdout has nothing but the document', async () => {
    const all = await terminal.run(['--help'])
    const names = [...all.stdout.matchAll(/^ {2}([a-z]+(?: [a-z]+)?) {2,}\S/gm)].map((match) => match[1]!)
    expect(names.length).toBeGreaterThanOrEqual(20)
    const helps = await Promise.all(names.map((name) => terminal.run([...name.split(' '), '--help'])))
    for (const help of helps)
      expect(help).toMatchObject({ exit: 0, stderr: '', stdout: expect.stringContaining('Usage:') })
  })
})
