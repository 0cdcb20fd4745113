/** What is kept across a reload comes back as it was, without the secrets. */
import { expect, it } from 'vitest'
import { forKeeping, fromKept } from './kept-drafts.ts'
import type { OpenDraft } from './open-drafts.ts'

const draft: OpenDraft = {
  id: 'd-1',
  bank: 'ica-banken',
  operation: 'ica-accounts-list',
  parameters: { accountId: 'a', 'X-Request-ID': 'b' },
  headers: [{ name: 'X-Own', value: 'c' }],
  omit: ['X-Request-ID'],
  method: 'PUT',
  path: '/v9/else?where=1',
  body: '{"a": 1}',
  identity: null,
  grant: 'none',
  insist: false,
  part: 'headers',
  revision: 3,
  sent: 2,
  call: { id: 'call', startedAt: '2026-01-01T00:00:00.000Z', environment: 'sandbox' },
  exchange: 'e-1',
}
const recall = (changed: Partial<OpenDraft>): OpenDraft | undefined =>
  fromKept(JSON.parse(JSON.stringify(forKeeping({ drafts: [{ ...draft, ...changed }], front: 'd-1' })))).drafts[0]

it('comes back as it was', () => {
  expect(recall({})).toEqual(draft)
})

it('drops secret header values and keeps their names', () => {
  const headers = [
    { name: 'authorization', value: 'Bearer canary-token' },
    { name: 'Cookie', value: 'sid=canary' },
    { name: 'X-Own', value: 'Bearer canary-token' },
  ]
  const kept = recall({ headers, parameters: { 'PSU-ID': 'canary' } })
  expect(JSON.stringify(kept)).not.toContain('canary')
  expect(kept?.headers.map(({ name }) => name)).toEqual(['authorization', 'Cookie', 'X-Own'])
})

it('does not keep a path with a secret in it', () => {
  expect(recall({ path: '/token?code=canary-1234' })?.path).toBeNull()
})

it('masks secrets in bodies, JSON and forms', () => {
  expect(recall({ body: '{"refresh_token": "canary-1234", "a": 1}' })?.body).toBe(
    '{"refresh_token": "[redacted]", "a": 1}',
  )
  expect(recall({ body: 'grant_type=authorization_code&code=canary-1234' })?.body).not.toContain('canary')
})

it('does not keep a body that would take the room of everything else', () => {
  expect(recall({ body: 'x'.repeat(300_001) })?.body).toBe('')
})

it('bears what another version wrote', () => {
  expect(fromKept(undefined)).toEqual({ drafts: [], front: null })
  expect(
    fromKept({ drafts: [1, { id: 'x' }, { ...draft, headers: 'no', omit: 'no', path: 1, call: 1 }], front: 'gone' }),
  ).toMatchObject({
    drafts: [{ id: 'd-1', headers: [], omit: [], path: null, call: null }],
    front: 'd-1',
  })
})

it('drops what the bank’s data marks as secret, also when that is known only later', () => {
  const typed = { ...draft, body: '{"code":"canary","state":"open"}', parameters: { pin: 'canary', code: 'stays' } }
  const keptWith = (marks: readonly string[] | null) =>
    JSON.stringify(forKeeping({ drafts: [typed], front: null }, () => marks))
  expect(keptWith(null)).toContain('canary')
  expect(keptWith(['code', 'pin'])).not.toContain('canary')
  const [only] = forKeeping({ drafts: [{ ...typed }], front: null }, () => ['pin']).drafts
  expect(only).toMatchObject({ body: typed.body, parameters: { pin: '', code: 'stays' } })
})
