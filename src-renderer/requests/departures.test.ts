/** What a draft departs from, and what it can depart from. */
import { expect, it } from 'vitest'
import type { OperationDetail } from '#shared/contract/banks.ts'
import { departuresOf, methodsFor, omittable, ownPath } from './departures.ts'
import { toDraft } from './to-draft.ts'

const parameter = (name: string, place: 'path' | 'query' | 'header', value: string | null = null) => ({
  name,
  wireName: name,
  in: place,
  value,
})
const detail = {
  path: '/{provider}/consents/{id}',
  parameters: [
    parameter('provider', 'path', 'demo_bank'),
    parameter('id', 'path'),
    parameter('X-Request-ID', 'header'),
    parameter('Digest', 'header'),
  ],
} as unknown as OperationDetail
const plain = { omit: [], method: null, path: null }

it('says each departure, and nothing where there is none', () => {
  expect(departuresOf(plain)).toEqual([])
  expect(departuresOf({ omit: ['Date', 'Digest'], method: 'PUT', path: '/x' })).toEqual([
    'Date is left out.',
    'Digest is left out.',
    'The method is PUT.',
    'The path is /x.',
  ])
})

it('starts a changed path from the own one, filled in as far as there are values', () => {
  expect(ownPath(detail, {})).toBe('/demo_bank/consents/{id}')
  expect(ownPath(detail, { provider: 'other', id: 'a/b' })).toBe('/other/consents/a%2Fb')
})

it('offers the headers that are declared or sent, each once, without those that are left out', () => {
  const sent = [
    ['digest', 'SHA-256=x'],
    ['Signature', 's'],
  ] as const
  expect(omittable({ omit: ['x-request-id'] }, detail, sent)).toEqual(['digest', 'Signature'])
})

it('offers a method that was set elsewhere', () => {
  expect(methodsFor({ ...plain, method: 'TRACE' })).toContain('TRACE')
})

it('is sent as it stands', () => {
  const draft = {
    id: 'd',
    bank: 'b',
    operation: 'o',
    parameters: {},
    headers: [],
    body: '',
    identity: null,
    grant: null,
    insist: false,
    part: null,
    revision: 0,
    sent: null,
    call: null,
    exchange: null,
  }
  expect(toDraft({ ...draft, ...plain }, 'sandbox', null)).not.toHaveProperty('omit')
  const departing = { omit: ['Date'], method: 'PUT', path: '/x' }
  expect(toDraft({ ...draft, ...departing }, 'sandbox', null)).toMatchObject(departing)
})
