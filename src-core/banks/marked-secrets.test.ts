/** What a document marks as secret is found wherever a schema can hold it, and shipped banks mark what customers are identified with. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BankShelf, createBankShelf } from './bank-shelf.ts'
import { markedSecrets } from './marked-secrets.ts'
import type { Document } from './openapi-document.ts'

const document: Document = {
  openapi: '3.1.0',
  paths: {},
  tags: [],
  components: {
    schemas: {
      Pin: { type: 'string', 'x-tpp-secret': true },
      Tree: {
        properties: {
          left: { $ref: '#/components/schemas/Tree' },
          pin: { $ref: '#/components/schemas/Pin' },
          beside: { $ref: '#/components/schemas/Plain', 'x-tpp-secret': true },
          plain: { $ref: '#/components/schemas/Plain' },
          secretLooking: { type: 'string', 'x-tpp-secret': false },
        },
      },
      Plain: { type: 'string' },
    },
    responses: {
      Made: {
        headers: { 'X-Ticket': { schema: { $ref: '#/components/schemas/Pin' } }, 'X-Other': { schema: {} } },
        content: { 'application/json': { schema: { allOf: [{ properties: { receipt: { format: 'password' } } }] } } },
      },
    },
  },
}
const body = (schema: Record<string, unknown>) => ({ content: { 'application/json': { schema } } })

it('finds marks behind references, in lists and in alternatives, once, and ends in a tree that leads back', () => {
  const requestBody = body({
    oneOf: [
      { $ref: '#/components/schemas/Tree' },
      { items: { properties: { password: { type: 'string', format: 'password' } } } },
      { additionalProperties: { prefixItems: [{ properties: { deep: { 'x-tpp-secret': true } } }] } },
    ],
  })
  const found = markedSecrets(
    { requestBody, responses: { '201': { $ref: '#/components/responses/Made' } } },
    [],
    document,
  )
  expect(found?.request.toSorted()).toEqual(['beside', 'deep', 'password', 'pin'])
  expect(found?.response.toSorted()).toEqual(['X-Ticket', 'receipt'])
})

it('is nothing where nothing is marked', () => {
  expect(markedSecrets({ requestBody: body({ properties: { a: {} } }), responses: {} }, [], document)).toBeNull()
})

let folder: string
let banks: BankShelf
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-marked-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  banks = createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it.each([
  ['payex-ledger', 'payex-verify-authentication', ['accessToken']],
  ['payex-ledger', 'payex-verify-bankid-no-authentication', ['code', 'state']],
  ['payex-ledger', 'payex-verify-mitid-dk-authentication', ['code', 'state']],
])('%s marks what %s hands in', async (bank, operation, names) => {
  expect((await banks.open(bank)).operation(operation).secrets).toEqual({ request: names, response: [] })
  // Compiled once, the second time from the kept copy.
  const again = createBankShelf({
    shipped: join(import.meta.dirname, '..', '..', 'resources', 'banks'),
    user: join(folder, 'user'),
    cache: join(folder, 'cache'),
  })
  expect((await again.open(bank)).operation(operation).secrets?.request).toEqual(names)
})

it('marks what a customer of Bank of Georgia types to authorise, and no error code', async () => {
  const { operations } = await banks.open('bank-of-georgia')
  const marked = operations.flatMap(({ secrets }) => secrets?.request ?? [])
  expect(new Set(marked)).toEqual(new Set(['password', 'scaAuthenticationData', 'confirmationCode']))
  expect(operations.flatMap(({ secrets }) => secrets?.response ?? [])).toEqual([])
})
