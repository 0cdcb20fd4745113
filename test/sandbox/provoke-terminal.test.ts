/** `tpp sandbox provoke` over a real sandbox: the exchange, its document, and the exit numbers others script against. */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CommandContext, type Outcome, readArguments } from '#cli/command.ts'
import { sandboxProvoke } from '#cli/commands/sandbox-provoke.ts'
import { fromWire } from '#shared/wire.ts'
import { changedResources, openProvokeBench, type ProvokeBench } from './provoke-bench.ts'

let bench: ProvokeBench
let resources = ''
const told: string[] = []
beforeAll(async () => {
  resources = await changedResources((row) => {
    if (row.id === 'ica-registration-oid-missing') Object.assign(row, { code: 'MISSING' })
    if (row.id === 'ica-general-kyc-blocked')
      Object.assign(row.reproduce.recipe?.given[1] ?? {}, { customer: 'Nobody Here' })
  })
  bench = await openProvokeBench(resources)
  await bench.client.sandbox.start({ banks: ['ica-banken'] })
}, 60_000)
afterAll(async () => {
  await bench.close()
  await rm(resources, { recursive: true, force: true })
})

async function run(...raw: string[]): Promise<Outcome> {
  told.length = 0
  const context: CommandContext = {
    arguments: readArguments(sandboxProvoke, raw),
    json: true,
    signal: new AbortController().signal,
    tell: (line) => told.push(line),
    announce: () => {},
    client: async () => bench.client,
    workbench: () => Promise.reject(new Error('not needed')),
  }
  return sandboxProvoke.run(context)
}

const exitOf = async (...raw: string[]): Promise<string> =>
  run(...raw).then(
    ({ exit }) => String(exit),
    (error: unknown) => fromWire(error).code,
  )

it('prints the exchange as call does, tells the steps aside, and ends with 0', async () => {
  const { document, text, exit } = await run('ica-payments-frequency-not-monthly')
  expect(exit).toBe(0)
  expect(document).toMatchObject({
    bank: 'ica-banken',
    operation: 'ica-periodic-payment-create',
    request: { method: 'POST', body: { frequency: 'Weekly' } },
    response: { status: 400, body: { detail: 'Frequency should be monthly' } },
    tls: { protocol: 'TLSv1.3' },
    provoked: { errorId: 'ica-payments-frequency-not-monthly', came: true, failed: null, differences: [] },
  })
  expect(JSON.stringify(document)).not.toMatch(/Bearer [\w-]{20}/)
  expect(text).toMatch(/^POST https:/)
  expect(text).toMatch(/The bank answered with the row ica-payments-frequency-not-monthly\.$/)
  expect(told).toEqual([
    '1/4  Orders a certificate for the TPP',
    '2/4  Registers the TPP with the bank',
    '3/4  Anna Andersson authorises payment',
    '4/4  Sends ica-periodic-payment-create to ICA Banken',
  ])
})

it('names what is missing or unknown', async () => {
  expect(await exitOf('ica-nothing')).toBe('ERROR_UNKNOWN')
  expect(await exitOf()).toBe('USAGE')
  expect(await exitOf('ica-general-kyc-blocked', 'more')).toBe('USAGE')
})

it('ends with 1 when the row did not come, and says what came instead', async () => {
  const { exit, document, text } = await run('ica-registration-oid-missing')
  expect(exit).toBe(1)
  expect(document).toMatchObject({
    response: { status: 400 },
    provoked: { came: false, differences: [{ field: 'code', wanted: 'MISSING', found: 'FAILED' }] },
  })
  expect(text).toMatch(
    /The bank did not answer with the row ica-registration-oid-missing:\n {2}code: "FAILED" instead of "MISSING"$/,
  )
})

it('ends with 1 when a step did not come out', async () => {
  const { exit, text } = await run('ica-general-kyc-blocked')
  expect(exit).toBe(1)
  expect(text).toMatch(/Step 3 did not come out \(Nobody Here authorises account\): .*Nobody Here/)
})
