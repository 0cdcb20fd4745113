/** What is wrong with a body is said before it leaves, by place. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bank, Operation } from '../banks/bank.ts'
import { createBankShelf } from '../banks/bank-shelf.ts'
import { checkBody } from './check-body.ts'
import { checkSchema } from './check-schema.ts'

let folder: string
let bank: Bank

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-body-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  bank = await createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') }).open('ica-banken')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const payment = () => structuredClone(bank.operation('ica-payment-create').body?.example) as Record<string, unknown>
const check = (operation: string, body: string | undefined, insist = false) =>
  checkBody(bank, bank.operation(operation), body, insist)

const refusal = async (work: Promise<unknown>) => {
  const fault: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  expect(fault).toMatchObject({ code: 'BODY_INVALID' })
  return fault as { message: string; details: Record<string, unknown> }
}

describe('a body that fits', () => {
  it('is every example of the bank', async () => {
    for (const { id, body } of bank.operations) {
      if (body === null) continue
      const example = body.contentType.includes('json')
        ? JSON.stringify(body.example)
        : new URLSearchParams(body.example as Record<string, string>).toString()
      await expect(check(id, example), id).resolves.toEqual([])
    }
  })

  it('is none where none is taken', async () => {
    expect(await check('ica-accounts-list', undefined)).toEqual([])
    expect(await check('ica-accounts-list', '')).toEqual([])
  })
})

describe('JSON that is none', () => {
  it.each([
    ['{\n  "a": 1,\n  "b": oops\n}', 3, 8],
    ['{"a": 1,}', 1, 9],
    ['', 0, 0],
    ['{\n', 2, 1],
  ])('%j is refused with line %d and column %d', async (text, line, column) => {
    const fault = await refusal(check('ica-payment-create', text))
    if (text === '') {
      expect(fault.message).toContain('needs a body of type application/json')
      return
    }
    expect(fault.details).toEqual({ line, column })
    expect(fault.message).toBe(`The body is not valid JSON: line ${line}, column ${column}.`)
  })
})

describe('a body that breaks the schema', () => {
  it('is refused with the pointer of what is missing, nested too', async () => {
    const fault = await refusal(
      check('ica-payment-create', JSON.stringify({ ...payment(), instructedAmount: { amount: '1.00' } })),
    )
    expect(fault.message).toBe('The body does not fit the schema: /instructedAmount/currency is required and missing.')
    expect(fault.details.problems).toEqual([
      { pointer: '/instructedAmount/currency', message: 'is required and missing' },
    ])
  })

  it('names each problem once, and counts what it does not list', async () => {
    const fault = await refusal(check('ica-payment-create', '{}'))
    for (const field of ['debtorAccount', 'instructedAmount', 'creditorAccount', 'creditorName']) {
      expect(fault.message.split(`/${field} is required`)).toHaveLength(2)
    }
    const wrong = { ...payment(), instructedAmount: { currency: 'kronor', amount: 1 } }
    expect((await refusal(check('ica-payment-create', JSON.stringify(wrong)))).message).toMatch(
      /\/instructedAmount\/currency must match pattern.*\/instructedAmount\/amount must be string/,
    )
  })

  it('is refused as a whole when it is no object', async () => {
    expect((await refusal(check('ica-payment-create', '[]'))).message).toContain('the body must be object')
  })

  it('names what a value must be', async () => {
    const mandate = { ...(bank.operation('ica-periodic-payment-create').body?.example as object), frequency: 'Weekly' }
    expect((await refusal(check('ica-periodic-payment-create', JSON.stringify(mandate)))).message).toMatch(
      /\/frequency must be one of .*Monthly/,
    )
  })

  it('is judged by the schema of its own grant', async () => {
    const refresh = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'x', refresh_token: 'y' }).toString()
    expect(await check('ica-oauth-token-refresh', refresh)).toEqual([])
    const fault = await refusal(check('ica-oauth-token-authorization-code', refresh))
    expect(fault.message).toMatch(/\/code is required and missing/)
    expect(fault.message).toMatch(/\/grant_type must be one of authorization_code/)
  })
})

describe('a body where none belongs, or none where one does', () => {
  it('is refused', async () => {
    expect((await refusal(check('ica-accounts-list', '{}'))).message).toBe('ica-accounts-list takes no body.')
    expect((await refusal(check('ica-payment-create', undefined))).message).toContain('needs a body')
  })
})

describe('with insist', () => {
  it.each([
    ['ica-payment-create', '{"a":', /not valid JSON/],
    ['ica-payment-create', '{}', /does not fit/],
    ['ica-payment-create', undefined, /needs a body/],
    ['ica-accounts-list', 'x', /takes no body/],
  ] as const)('%s with %j gives a finding', async (operation, body, message) => {
    expect(await check(operation, body, true)).toEqual([
      { id: 'body-invalid', severity: 'error', message: expect.stringMatching(message) },
    ])
  })

  it('still refuses a schema that is none: the bank folder is damaged, not the body', async () => {
    const real = bank.operation('ica-payment-create')
    const operation: Operation = { ...real, body: { ...real.body!, schema: { $ref: '#/components/schemas/Nobody' } } }
    await expect(checkBody(bank, operation, '{}', true)).rejects.toMatchObject({
      code: 'DATA_DAMAGED',
      message: expect.stringContaining('openapi.yaml'),
    })
  })
})

describe('checkSchema', () => {
  it('writes pointers as RFC 6901 does', async () => {
    expect(await checkSchema(bank, { required: ['a/b~c'] }, {})).toEqual([
      { pointer: '/a~1b~0c', message: 'is required and missing' },
    ])
    expect(await checkSchema(bank, { additionalProperties: false }, { 'x/y': 1 })).toEqual([
      { pointer: '/x~1y', message: 'is not known here' },
    ])
    expect(await checkSchema(bank, { const: 'a' }, 'b')).toEqual([{ pointer: '', message: 'must be "a"' }])
  })

  it('says something even where only a summary is left', async () => {
    expect(await checkSchema(bank, { oneOf: [true, true] }, 1)).toEqual([
      { pointer: '', message: 'does not fit the schema' },
    ])
  })

  it('says nothing on the console about a format it does not know', async () => {
    expect(await checkSchema(bank, { type: 'string', format: 'swedish-number' }, 'x')).toEqual([])
  })

  it('knows dates, addresses and identifiers', async () => {
    expect(await checkSchema(bank, { format: 'date' }, '2026-02-30')).toHaveLength(1)
    expect(await checkSchema(bank, { format: 'uuid' }, 'x')).toHaveLength(1)
    expect(await checkSchema(bank, { $ref: '#/components/schemas/IpAddress' }, '2001:db8::1')).toEqual([])
    expect(await checkSchema(bank, { $ref: '#/components/schemas/IpAddress' }, 'localhost')).not.toEqual([])
  })
})
