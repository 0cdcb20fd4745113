/** Sending again: the draft comes back as it was made, but for what was secret. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { draftSchema } from '#shared/contract/requests.ts'
import { exampleExchange, openTestVault, writeVersion1 } from '../../test/history/exchange-fixture.ts'
import { createExchangeLog, type ExchangeLog } from './exchange-log.ts'

let folder: string
let log: ExchangeLog

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-history-draft-'))
  log = createExchangeLog(join(folder, 'history.sqlite'), { secrets: openTestVault(folder) })
})
afterEach(async () => {
  log.close()
  await rm(folder, { recursive: true, force: true })
})

const base = exampleExchange()
const target = { bank: base.bank, environment: base.environment, operation: base.operation }

it('gives the draft that made it, with the identity of then', async () => {
  const request = {
    ...base.request,
    url: 'https://b.example/Payments/pay%20ment%2F1?dateFrom=2026-01-01',
    headers: [['PSU-IP-Address', '192.0.2.7']] as [string, string][],
  }
  const one = exampleExchange({ request })
  const draft = draftSchema.parse({
    ...target,
    parameters: { paymentId: 'pay ment/1', dateFrom: '2026-01-01', 'PSU-IP-Address': '192.0.2.7' },
    body: request.body,
    grant: 'g-0a1b2c',
    insist: true,
    deadline: 5000,
  })
  await log.record(one, draft)
  expect(await log.draft(one.id)).toEqual({ draft: { ...draft, identity: 'abcdefgh' }, leftOut: [] })
})

it('goes with the grant of then, also where the draft named none', async () => {
  const one = exampleExchange({ grant: 'g-0a1b2c' })
  await log.record(one, draftSchema.parse(target))
  expect((await log.draft(one.id)).draft.grant).toBe('g-0a1b2c')
  expect(await log.list({ grant: 'g-0a1b2c' })).toMatchObject([{ id: one.id, grant: 'g-0a1b2c' }])
  const without = exampleExchange()
  await log.record(without, draftSchema.parse({ ...target, grant: 'none' }))
  expect((await log.draft(without.id)).draft.grant).toBe('none')
})

it('keeps how far it came; of an exchange kept before that was noted, what its answer tells', async () => {
  const lost = exampleExchange({ response: null, delivery: 'unknown', fault: { code: 'DEADLINE', message: 'm' } })
  await log.record(lost)
  expect(await log.show(lost.id)).toMatchObject({ delivery: 'unknown', grant: null })
  log.close()
  await rm(join(folder, 'history.sqlite'), { force: true })
  const [answered, silent] = [exampleExchange(), exampleExchange({ response: null })]
  writeVersion1(join(folder, 'history.sqlite'), [answered, silent])
  await log.record(exampleExchange())
  expect(await log.show(answered.id)).toMatchObject({ delivery: 'answered', grant: null })
  expect(await log.show(silent.id)).toMatchObject({ delivery: null, grant: null })
})

it('keeps no secret, whatever its name, and says what is missing', async () => {
  const secret = 'sekret-4711'
  const request = {
    method: 'POST',
    url: 'https://b.example/x?code=[redacted]',
    headers: [
      ['Authorization', 'Bearer [redacted]'],
      ['X-Copy', '[redacted]'],
      ['X-Open', 'open'],
    ] as [string, string][],
    body: '{"password":"[redacted]"}',
  }
  const one = exampleExchange({ request })
  const draft = draftSchema.parse({
    ...target,
    identity: 'none',
    parameters: { code: secret, open: 'open' },
    headers: { Authorization: `Bearer ${secret}`, 'X-Copy': secret, 'X-Open': 'open' },
    body: `{"password":"${secret}"}`,
  })
  await log.record(one, draft)
  const { readFile, readdir } = await import('node:fs/promises')
  for (const name of (await readdir(folder)).filter((each) => each.startsWith('history.')))
    expect((await readFile(join(folder, name))).includes(secret), name).toBe(false)
  expect(await log.draft(one.id)).toEqual({
    draft: draftSchema.parse({
      ...target,
      identity: 'none',
      parameters: { open: 'open' },
      headers: { 'X-Open': 'open' },
    }),
    leftOut: [
      { part: 'parameter', name: 'code', reason: 'redacted' },
      { part: 'header', name: 'Authorization', reason: 'redacted' },
      { part: 'header', name: 'X-Copy', reason: 'redacted' },
      { part: 'body', name: '', reason: 'redacted' },
    ],
  })
})

it("does not make the bank's example body the draft's own", async () => {
  await log.record(base, draftSchema.parse(target))
  expect((await log.draft(base.id)).draft.body).toBeUndefined()
})

it('of an exchange kept without bodies says so', async () => {
  const without = createExchangeLog(join(folder, 'history.sqlite'))
  const one = exampleExchange()
  await without.record(one, draftSchema.parse({ ...target, body: '{}' }))
  expect((await without.draft(one.id)).leftOut).toEqual([{ part: 'body', name: '', reason: 'not-kept' }])
  without.close()
})

it('of an exchange of the first version is what can be known of it', async () => {
  log.close()
  await rm(join(folder, 'history.sqlite'), { force: true })
  const one = exampleExchange()
  writeVersion1(join(folder, 'history.sqlite'), [one])
  await log.record(exampleExchange())
  expect(await log.draft(one.id)).toEqual({
    draft: draftSchema.parse({ ...target, identity: 'abcdefgh', body: one.request.body }),
    leftOut: [{ part: 'parameters', name: '', reason: 'not-kept' }],
  })
})
