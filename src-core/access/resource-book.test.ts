/** A record that nothing new is told of is not written again and again; everything that is new is. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createMemoryStore } from '../secrets/memory-store.ts'
import { createResourceBook, type ResourceBook, type ResourceRecord, resourceRecordSchema } from './resource-book.ts'

const id = 'r-0123456789abcdef'
const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 21, 12, 0, seconds)).toISOString()
const record = resourceRecordSchema.parse({
  id,
  kind: 'consent',
  bank: 'ica-banken',
  environment: 'sandbox',
  identity: null,
  resource: 'c-1',
  parameters: {},
  status: 'received',
  createdAt: at(0),
  seenAt: at(0),
  validUntil: null,
  frequencyPerDay: null,
  recurring: null,
  replacedBy: null,
  authorisations: [{ id: 'a-1', purpose: 'authorisation', status: null, customer: null, seenAt: at(0) }],
  links: [],
  returnUri: null,
  exchange: 'e-1',
})

let folder: string
let book: ResourceBook
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-resource-book-'))
  book = createResourceBook(folder, createMemoryStore())
  await book.change(id, async () => record)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = () => stat(join(folder, `${id}.json`)).then(({ ino }) => ino)
const seen = (seconds: number, more: Partial<ResourceRecord> = {}) =>
  book.change(id, async (before) => ({
    ...before!,
    authorisations: before!.authorisations.map((each) => ({ ...each, seenAt: at(seconds) })),
    seenAt: at(seconds),
    ...more,
  }))

it('a status told again within ten seconds is answered and not written', async () => {
  const before = await file()
  expect(await seen(9)).toMatchObject({ seenAt: at(9), status: 'received' })
  expect(await file()).toBe(before)
  expect(await book.find(id)).toEqual(record)
})

it('later it is written, and so is whatever is new', async () => {
  expect(await seen(10)).toMatchObject({ seenAt: at(10) })
  expect(await book.find(id)).toMatchObject({ seenAt: at(10), authorisations: [{ seenAt: at(10) }] })
  await seen(11, { status: 'valid' })
  expect(await book.find(id)).toMatchObject({ seenAt: at(11), status: 'valid' })
  // A clock that was set back must not keep a record from being written for as long as it was set back.
  await seen(1)
  expect(await book.find(id)).toMatchObject({ seenAt: at(1) })
})

it('is known by its id as it is on the disk, and another is not', async () => {
  expect(await book.known(id)).toEqual(record)
  await seen(1, { status: 'valid' })
  expect(await book.known(id)).toMatchObject({ status: 'valid' })
  expect(await book.known('r-ffffffffffffffff')).toBeNull()
})
